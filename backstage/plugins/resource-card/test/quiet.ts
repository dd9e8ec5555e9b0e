// jsdom knows no nested rules of CSS, and would print Backstage UI's sheets whole.
const { jsdom } = globalThis as { jsdom?: { virtualConsole: { removeAllListeners(event: string): void } } };
jsdom?.virtualConsole.removeAllListeners('jsdomError');
