import { expect, test } from 'vitest';
import { span } from '../src/claim/age';
import { now } from './claims';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const cases = {
  Seconds: { reason: 'What has just happened has no number.', passed: 59_000, want: 'less than a minute' },
  OneMinute: { reason: 'One of a unit has no plural.', passed: minute, want: '1 minute' },
  Minutes: { reason: 'Up to two hours minutes are told.', passed: 2 * hour - 1, want: '119 minutes' },
  Hours: { reason: 'Up to two days hours are told.', passed: 2 * day - 1, want: '47 hours' },
  Days: { reason: 'Up to two years days are told.', passed: 729 * day, want: '729 days' },
  Years: { reason: 'From two years on years are told.', passed: 800 * day, want: '2 years' },
  Ahead: { reason: 'A cluster whose clock is ahead of the browser’s gives no negative span.', passed: -hour, want: 'less than a minute' },
};

for (const [name, { reason, passed, want }] of Object.entries(cases)) {
  test(`span: ${name}`, () => {
    expect(span(new Date(now - passed).toISOString(), now), reason).toBe(want);
  });
}

test('span: no time', () => {
  expect(span(undefined, now), 'What was never told has no span.').toBeUndefined();
  expect(span('soon', now), 'What is no time has no span.').toBeUndefined();
});
