import { Text } from '@backstage/ui';
import type { Fact } from '../claim/facts';
import { Copy } from './Copy';

/** What a claim came to, a line each: as a list of terms, which is read out as one. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '6px 16px', margin: 0 }}>
      {facts.map(fact => (
        <Line key={fact.label} fact={fact} />
      ))}
    </dl>
  );
}

function Line({ fact }: { fact: Fact }) {
  const { label, text, detail, copy, known } = fact;
  return (
    <>
      <dt>
        <Text variant="body-medium" color="secondary">
          {label}
        </Text>
      </dt>
      <dd style={{ margin: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
        <Text variant="body-medium" color={known ? 'primary' : 'secondary'}>
          {text}
        </Text>
        {copy && <Copy label={label.toLowerCase()} text={copy} />}
        {detail && (
          <Text as="div" variant="body-small" color="secondary">
            {detail}
          </Text>
        )}
      </dd>
    </>
  );
}
