import { expect, test } from 'vitest';
import { failureNotice } from '../src/claim/notices';
import { shortened } from '../src/claim/words';

const shorts = {
  Short: { reason: 'What fits stands whole.', text: 'a bc', want: 'a bc' },
  Words: { reason: 'What does not is cut between two words.', text: 'abcd efgh ijkl', want: 'abcd efgh …' },
  OneWord: { reason: 'A word that is longer than all the place is cut itself.', text: 'abcdefghijklmn', want: 'abcdefghij …' },
  Led: { reason: 'A cut between words that leaves next to nothing is one in the word.', text: 'a bcdefghijklmn', want: 'a bcdefghi …' },
};

for (const [name, { reason, text, want }] of Object.entries(shorts)) {
  test(`shortened: ${name}`, () => expect(shortened(text, 10), reason).toBe(want));
}

const said = (message: string) => `Request failed with 500 Internal Server Error, ${JSON.stringify({ error: { message } })}`;

const failures = {
  Plain: { reason: 'The sentence stands in a JSON behind the status.', message: said('no bearer token'), want: 'no bearer token.' },
  Quoted: { reason: 'A sentence may quote a name.', message: said('cluster "mgmt" is not there'), want: 'cluster "mgmt" is not there.' },
  Backslash: { reason: 'A sentence may have a path of Windows.', message: said('C:\\ca.crt'), want: 'C:\\ca.crt.' },
  Broken: {
    reason: 'What a proxy answers may be no JSON, and is shown as it is.',
    message: 'Request failed with 502 Bad Gateway, {"message":"\\x"}',
    want: 'Request failed with 502 Bad Gateway, {"message":"\\x"}.',
  },
};

for (const [name, { reason, message, want }] of Object.entries(failures)) {
  test(`failureNotice: ${name}`, () => expect(failureNotice(message).text.toLowerCase(), reason).toBe(want.toLowerCase()));
}
