import { ResponseError } from '@backstage/errors';
import { noAddress, noTemplate } from './request';

/** Why there are no files to show. What is refused is refused by the task, too. */
export type Notice = { refused: boolean; title: string; text: string; todo: string };

// What the steps of create-resource end with, where a task of theirs would: steps.yaml has the
// sentences, which Backstage's own actions word. The first row that fits speaks.
const refusals: { says: RegExp; title: string; text: (name: string) => string; todo: string }[] = [
  {
    says: /with a free name instead of (\S+) not found/,
    title: 'The name is taken',
    text: name => `The catalog has ${name} already.`,
    todo: 'Go back and choose another name, or edit the claim that is there.',
  },
  {
    says: /with a name of at most 63 characters instead of (\S+) not found/,
    title: 'The name is too long',
    text: name => `${name} has ${name.length} characters, and the catalog takes 63.`,
    todo: 'Go back and choose a shorter name.',
  },
  {
    says: /with a domain of letters, digits and hyphens instead of (\S+) not found/,
    title: 'The system’s domain cannot name a namespace',
    text: name => `The domain is called ${name}; a namespace takes letters, digits and hyphens.`,
    todo: 'Ask the platform team for another domain.',
  },
  {
    says: /that is the domain of this system not found/,
    title: 'The system has no domain',
    text: () => 'The domain is whose repository the request goes to.',
    todo: 'Give the system its domain in the catalog, or go back and choose another system.',
  },
  {
    says: /already exists/,
    title: 'The claim is there already',
    text: () => 'The domain’s repository has a claim of this name for this environment, or its entity.',
    todo: 'Go back and choose another name, or edit what is there.',
  },
];

const unknown = (title: string, text: string, todo = 'Create works all the same; the task’s log shows the files.'): Notice => ({
  refused: false,
  title,
  text,
  todo,
});

/** noticeOf is what the page says of an error in place of the files. */
export function noticeOf(error: unknown): Notice {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  switch (name) {
    case noAddress:
      return unknown('The files cannot be shown', `Backstage shows them where it reads the template from a repository; ${message}.`);
    case noTemplate:
      return unknown('The files cannot be shown', `Of your rights, ${message}.`, 'Ask the platform team.');
    default:
  }
  if (!ResponseError.is(error)) {
    return unknown('Backstage is not reached', message, 'Try again.');
  }
  const says = error.cause.message;
  switch (error.statusCode) {
    case 401:
      return unknown('Not signed in', 'The sign-in has run out.', 'Reload the page.');
    case 403:
      return unknown(
        'Not allowed to see the files',
        'It takes the permissions scaffolder.task.create and scaffolder.template.dry-run.',
        'Create takes the first alone; the task’s log shows the files.',
      );
    default:
  }
  for (const row of refusals) {
    const found = row.says.exec(says);
    if (found) {
      return { refused: true, title: row.title, text: row.text(found[1] ?? ''), todo: row.todo };
    }
  }
  return { refused: true, title: 'The template does not run with these answers', text: says, todo: 'The task would end with the same.' };
}
