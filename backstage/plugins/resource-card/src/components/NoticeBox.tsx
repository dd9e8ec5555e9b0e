import { Alert } from '@backstage/ui';
import type { Notice } from '../claim/notices';
import { Sign } from './Sign';

/** A sentence in place of a claim, or above it. */
export function NoticeBox({ notice }: { notice: Notice }) {
  const { title, text, todo } = notice;
  const tone = notice.tone === 'neutral' ? 'info' : notice.tone;
  return (
    <Alert
      status={tone}
      icon={<Sign tone={tone} note />}
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
