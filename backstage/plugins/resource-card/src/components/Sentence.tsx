import { useState } from 'react';
import { Button, Text } from '@backstage/ui';
import { shortened } from '../claim/words';

// About four lines of a narrow card. Messages can be long: one tells all arguments of a queue.
const most = 220;

/** A condition's message, shortened until somebody asks for all of it. */
export function Sentence({ text, small }: { text: string; small?: boolean }) {
  const [all, setAll] = useState(false);
  const long = text.length > most;
  return (
    <div>
      <Text as="p" variant={small ? 'body-small' : 'body-medium'} style={{ margin: 0, overflowWrap: 'anywhere' }}>
        {all ? text : shortened(text, most)}
      </Text>
      {long && (
        <Button variant="tertiary" size="small" onPress={() => setAll(!all)} aria-expanded={all} style={{ marginLeft: -8 }}>
          {all ? 'Show less' : 'Show all'}
        </Button>
      )}
    </div>
  );
}
