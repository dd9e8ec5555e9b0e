import { ReviewState, type ReviewStateProps } from '@backstage/plugin-scaffolder-react/alpha';
import { Flex, Text } from '@backstage/ui';
import { pagesFor } from '../files/shown';
import { useFiles } from '../useFiles';
import { Files } from './Files';

/** The last page: the files that the answers come to, and the answers, listed by Backstage. */
export function Review({ templateRef, ...props }: ReviewStateProps & { templateRef: string }) {
  const state = useFiles(templateRef, props.formState);
  return (
    <Flex direction="column" gap="6">
      <Files state={state} />
      <section>
        <Text as="h3" variant="title-x-small">
          Your answers
        </Text>
        <ReviewState {...props} schemas={pagesFor(props.schemas, props.formState)} />
      </section>
    </Flex>
  );
}
