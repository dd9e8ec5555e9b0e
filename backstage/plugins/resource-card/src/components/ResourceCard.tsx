import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { kubernetesApiRef } from '@backstage/plugin-kubernetes-react';
import { Flex } from '@backstage/ui';
import { noPlugin } from '../claim/notices';
import { typeName } from '../claim/words';
import { useClaims } from '../useClaims';
import { ClaimSection } from './ClaimSection';
import { Missing } from './Missing';
import { NoticeBox } from './NoticeBox';
import { Waiting } from './Waiting';

/** How the claim of the page's entity stands. */
export function ResourceCard() {
  const { entity } = useEntity();
  const apis = useApiHolder();
  const type = entity.spec?.type;
  return (
    <EntityInfoCard title={typeof type === 'string' ? `${typeName(type)} claim` : 'Claim'}>
      {apis.get(kubernetesApiRef) ? (
        // A key, so that nothing of another entity is shown while this one's is asked for.
        <Claims key={stringifyEntityRef(entity)} entity={entity} />
      ) : (
        <NoticeBox notice={noPlugin} />
      )}
    </EntityInfoCard>
  );
}

function Claims({ entity }: { entity: Entity }) {
  const state = useClaims(entity);
  switch (state.is) {
    case 'waiting':
      return <Waiting />;
    case 'missing':
      return <Missing entity={entity} />;
    default:
      return (
        <Flex direction="column" gap="4">
          {state.notices.map(notice => (
            <NoticeBox key={notice.title + notice.text} notice={notice} />
          ))}
          {state.claims.map((claim, i) => (
            <ClaimSection key={claim.key} claim={claim} divided={i > 0} />
          ))}
        </Flex>
      );
  }
}
