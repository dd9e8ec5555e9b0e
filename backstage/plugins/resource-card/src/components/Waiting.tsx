import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';

/** The place of what is being asked for. */
export function Waiting() {
  return (
    <Flex direction="column" gap="3" role="status">
      <VisuallyHidden>The claim is being asked for.</VisuallyHidden>
      <Skeleton width="45%" height={24} />
      <Skeleton width="100%" height={64} />
      <Skeleton width="80%" height={16} />
      <Skeleton width="65%" height={16} />
    </Flex>
  );
}
