// Spans of time in words, in the one unit that matters.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// From how long on a span is told in a unit. Two days are told in hours until they are full,
// as kubectl does: "47 hours" says more than "1 day".
const units = [
  { from: 2 * 365 * day, length: 365 * day, word: 'year' },
  { from: 2 * day, length: day, word: 'day' },
  { from: 2 * hour, length: hour, word: 'hour' },
  { from: minute, length: minute, word: 'minute' },
];

/** A span in words, such as "12 minutes"; undefined where there is no such time. */
export function span(since: string | undefined, now: number): string | undefined {
  const passed = passedSince(since, now);
  if (passed === undefined) {
    return undefined;
  }
  const unit = units.find(u => passed >= u.from);
  if (!unit) {
    return 'less than a minute';
  }
  const n = Math.floor(passed / unit.length);
  return `${n} ${unit.word}${n === 1 ? '' : 's'}`;
}

/** Milliseconds since a time, at least 0: the clocks of a cluster and a browser differ. */
export function passedSince(since: string | undefined, now: number): number | undefined {
  const at = Date.parse(since ?? '');
  return Number.isNaN(at) ? undefined : Math.max(0, now - at);
}
