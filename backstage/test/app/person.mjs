// What somebody does with a form in a browser. Each act is a step.
export class Person {
  steps = 0;

  constructor(page) {
    this.page = page;
  }

  field(name) {
    return this.page.locator(`#root_${name}`);
  }

  async press(name, role = 'button') {
    this.steps++;
    await this.page.getByRole(role, { name, exact: true }).click();
  }

  async #take(name, option) {
    this.steps++;
    await this.field(name).click();
    const list = this.page.getByRole('listbox');
    await list.getByRole('option', { name: option }).click();
    await list.waitFor({ state: 'hidden' });
  }

  async fill(answers) {
    for (const [name, answer] of Object.entries(answers)) {
      if (answer instanceof RegExp) {
        await this.#take(name, answer);
      } else {
        this.steps++;
        await this.field(name).fill(answer);
      }
    }
  }
}
