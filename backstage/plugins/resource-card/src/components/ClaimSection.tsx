import { Alert, Flex, Text } from '@backstage/ui';
import type { ClaimView, Light } from '../claim/card';
import type { Standing } from '../claim/standing';
import { Facts } from './Facts';
import { Notes } from './Notes';
import { Sentence } from './Sentence';
import { Sign, colours } from './Sign';

/** One claim: how it stands, what its condition says, and what it came to. */
export function ClaimSection({ claim, divided }: { claim: ClaimView; divided: boolean }) {
  return (
    <section
      aria-label={`${claim.name} on ${claim.cluster}`}
      style={divided ? { borderTop: '1px solid var(--bui-border-2)', paddingTop: 16 } : undefined}
    >
      <Flex direction="column" gap="3">
        <Flex direction="column" gap="1">
          <Head standing={claim.standing} lights={claim.lights} />
          <Text variant="body-small" color="secondary" style={{ overflowWrap: 'anywhere' }}>
            {claim.name} on {claim.cluster}
          </Text>
        </Flex>
        <Said standing={claim.standing} />
        <Facts facts={claim.facts} />
        <Notes notes={claim.notes} />
      </Flex>
    </section>
  );
}

function Head({ standing, lights }: { standing: Standing; lights: Light[] }) {
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '4px 16px' }}>
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0 8px' }}>
        <Flex align="center" gap="2">
          <Sign tone={standing.tone} size={20} />
          <Text variant="title-x-small" weight="bold" style={{ color: colours[standing.tone] }}>
            {standing.word}
          </Text>
        </Flex>
        {standing.since && (
          <Text variant="body-small" color="secondary">
            for {standing.since}
          </Text>
        )}
      </div>
      <Flex align="center" gap="3">
        {lights.map(light => (
          <Flex key={light.label} align="center" gap="1">
            <Sign tone={light.tone} size={14} note />
            <Text variant="body-small" title={light.since && `for ${light.since}`}>
              {light.label} {light.value}
            </Text>
          </Flex>
        ))}
      </Flex>
    </div>
  );
}

// What the condition that decides says, and what to do about it.
function Said({ standing }: { standing: Standing }) {
  const { tone, text, todo, by, reason } = standing;
  if (!text && !todo) {
    return null;
  }
  return (
    <Alert
      status={tone === 'neutral' ? 'info' : tone}
      description={
        <Flex direction="column" gap="1">
          {text && <Sentence text={text} />}
          {todo && <Text weight="bold">{todo}</Text>}
          {by && reason && (
            <Text variant="body-x-small" color="secondary">
              {by}: {reason}
            </Text>
          )}
        </Flex>
      }
    />
  );
}
