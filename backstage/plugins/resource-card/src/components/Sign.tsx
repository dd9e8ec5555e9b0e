import type { Tone } from '../claim/reasons';

/** The colours of Backstage UI, which follow the theme. */
export const colours: Record<Tone, string> = {
  success: 'var(--bui-fg-success)',
  info: 'var(--bui-fg-info)',
  warning: 'var(--bui-fg-warning)',
  danger: 'var(--bui-fg-danger)',
  neutral: 'var(--bui-fg-secondary)',
};

// A form for each tone, so that nobody has to tell colours apart: a tick, a clock, a triangle,
// a cross, and two bars.
const round = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z';
const forms: Record<Tone, { outline: string; mark: string }> = {
  success: { outline: round, mark: 'm5 8.2 2.1 2.1L11 6.2' },
  info: { outline: round, mark: 'M8 4.5V8l2.4 1.6' },
  warning: { outline: 'M8 1.6 15 14.2H1Z', mark: 'M8 6v4M8 11.9v.6' },
  danger: { outline: round, mark: 'm5.6 5.6 4.8 4.8M10.4 5.6l-4.8 4.8' },
  neutral: { outline: round, mark: 'M6.4 5.6v4.8M9.6 5.6v4.8' },
};

// What is only to know takes no time, and what has no good or bad to say is not paused.
const notes: Partial<typeof forms> = {
  info: { outline: round, mark: 'M8 7.5V11M8 4.9v.4' },
  neutral: { outline: round, mark: 'M5.4 8h5.2' },
};

/** The sign of a tone, in its colour. The word beside it says the same. */
export function Sign({ tone, size = 16, note = false }: { tone: Tone; size?: number; note?: boolean }) {
  const { outline, mark } = (note && notes[tone]) || forms[tone];
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      style={{ color: colours[tone], flex: 'none' }}
    >
      <path d={outline} />
      <path d={mark} />
    </svg>
  );
}
