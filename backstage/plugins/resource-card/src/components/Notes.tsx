import { Flex, Text } from '@backstage/ui';
import type { Note } from '../claim/notes';
import { Sentence } from './Sentence';
import { Sign } from './Sign';

/** What the other conditions have to say. */
export function Notes({ notes }: { notes: Note[] }) {
  if (notes.length === 0) {
    return null;
  }
  return (
    <Flex direction="column" gap="3">
      {notes.map(({ from, title, text, tone }) => (
        <div key={from + title} style={{ display: 'flex', gap: 8, alignItems: 'flex-start' }}>
          <span style={{ display: 'flex', paddingTop: 2 }}>
            <Sign tone={tone} size={14} note />
          </span>
          <div style={{ minWidth: 0 }}>
            <Text as="p" variant="body-small" weight="bold" style={{ margin: 0 }}>
              {from}: {title}
            </Text>
            <Sentence text={text} small />
          </div>
        </div>
      ))}
    </Flex>
  );
}
