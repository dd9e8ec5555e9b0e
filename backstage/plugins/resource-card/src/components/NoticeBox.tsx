import { Alert } from '@backstage/ui';
import type { Notice } from '../claim/notices';
import { Sign } from './Sign';

/** A sentence in place of a claim, or above it. */
export function NoticeBox({ notice }: { notice: Notice }) {
  const { tone, title, text, todo } = notice;
  return (
    <Alert
      status={tone === 'neutral' ? 'info' : tone}
      icon={<Sign tone={tone} />}
      title={title}
      description={
        <>
          {text}
          {todo && (
            <>
              <br />
              <strong>{todo}</strong>
            </>
          )}
        </>
      }
    />
  );
}
