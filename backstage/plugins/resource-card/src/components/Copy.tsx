import { useEffect, useState } from 'react';

// How long it says that it copied.
const moment = 2_000;

/** Puts a value on the clipboard, which a browser lets a page do over https and on localhost only. */
export function Copy({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => setCopied(false), moment);
    return () => clearTimeout(timer);
  }, [copied]);
  if (!navigator.clipboard) {
    return null;
  }
  return (
    <button
      type="button"
      aria-label={copied ? `Copied the ${label}` : `Copy the ${label}`}
      title={copied ? 'Copied' : 'Copy'}
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
      style={{
        border: 0,
        background: 'none',
        cursor: 'pointer',
        padding: '0 6px',
        verticalAlign: 'middle',
        color: 'var(--bui-fg-secondary)',
      }}
    >
      <svg
        width="14"
        height="14"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
        aria-hidden
      >
        {copied ? <path d="m3 8.5 3.2 3.2L13 5" /> : <path d="M5.5 5.5V2h8.5v8.5h-3.5M2 5.5h8.5V14H2Z" />}
      </svg>
    </button>
  );
}
