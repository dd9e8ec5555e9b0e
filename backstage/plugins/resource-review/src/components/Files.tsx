import { Alert, Flex, Skeleton, Text, VisuallyHidden } from '@backstage/ui';
import type { State } from '../useFiles';

/** The files of the request, or why there are none to show. */
export function Files({ state }: { state: State }) {
  switch (state.is) {
    case 'waiting':
      return (
        <Flex direction="column" gap="3" role="status">
          <VisuallyHidden>Backstage tries the template out with your answers.</VisuallyHidden>
          <Skeleton width="45%" height={24} />
          <Skeleton width="100%" height={240} />
        </Flex>
      );
    case 'missing':
      return (
        <Alert
          status={state.notice.refused ? 'danger' : 'warning'}
          icon
          title={state.notice.title}
          description={
            <>
              {state.notice.text} <strong>{state.notice.todo}</strong>
            </>
          }
        />
      );
    default:
      return (
        <section>
          <Text as="h3" variant="title-x-small">
            What the request adds
          </Text>
          <Flex direction="column" gap="4">
            {state.files.map(({ path, text }) => (
              <figure key={path} style={{ margin: 0, minWidth: 0 }}>
                <figcaption>
                  <Text as="span" variant="body-small" color="secondary" style={{ overflowWrap: 'anywhere' }}>
                    {path}
                  </Text>
                </figcaption>
                <pre aria-label={path} tabIndex={0} style={block}>
                  {text}
                </pre>
              </figure>
            ))}
          </Flex>
        </section>
      );
  }
}

const block = {
  margin: '4px 0 0',
  padding: 12,
  overflowX: 'auto',
  background: 'var(--bui-bg-neutral-2)',
  border: '1px solid var(--bui-border-1)',
  borderRadius: 4,
  color: 'var(--bui-fg-primary)',
  fontFamily: 'var(--bui-font-monospace)',
  fontSize: 13,
  lineHeight: 1.5,
} as const;
