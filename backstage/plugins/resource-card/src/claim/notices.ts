import type { KubernetesFetchError } from '@backstage/plugin-kubernetes-common';
import { claimKind } from './objects';
import type { Tone } from './reasons';
import { sentence, shortened } from './words';

/** A sentence in place of a claim, or beside it: what is the matter, and who does what. */
export interface Notice {
  tone: Tone;
  title: string;
  text: string;
  todo?: string;
  /** The cluster has no such kind, which is no trouble where another cluster has the claim. */
  absent?: boolean;
}

const kind = `${claimKind.plural}.${claimKind.group}`;

/** What a cluster's error means. A fetch error has a message in place of a status. */
export function clusterNotice(cluster: string, error: KubernetesFetchError): Notice {
  if (error.errorType === 'FETCH_ERROR') {
    return {
      tone: 'danger',
      title: `${cluster} is not reached`,
      text: `Backstage cannot reach the cluster: ${error.message}`,
      todo: 'The platform team has to look at the cluster’s entry in app-config.yaml.',
    };
  }
  switch (error.statusCode) {
    case 401:
      return {
        tone: 'danger',
        title: `${cluster} does not know Backstage`,
        text: 'The cluster does not take the token that Backstage has (401).',
        todo: 'The platform team has to renew it.',
      };
    case 403:
      return {
        tone: 'danger',
        title: `Not allowed on ${cluster}`,
        text: `Backstage’s account on the cluster may not list ${kind} (403).`,
        todo: 'The platform team has to grant it: backstage/kubernetes/role.yaml has the rules.',
      };
    case 404:
      return {
        tone: 'warning',
        title: `${cluster} has no claims`,
        text: `The cluster does not know the kind ${kind}.`,
        todo: 'See that the entity’s annotation backstage.io/kubernetes-cluster names the cluster that Crossplane runs on.',
        absent: true,
      };
    default:
      return {
        tone: 'danger',
        title: `${cluster} does not answer`,
        text: `The cluster answered ${error.statusCode ?? error.errorType} where it was asked for ${kind}.`,
      };
  }
}

// What the client of the Kubernetes plugin says, which hands on a sentence and no status
// (KubernetesBackendClient.handleResponse of plugin-kubernetes-react). A test runs that client.
const failures: { form: RegExp; notice: Notice }[] = [
  {
    form: /^Request failed with 401\b/,
    notice: {
      tone: 'warning',
      title: 'Not signed in',
      text: 'Backstage does not know who you are any more.',
      todo: 'Load the page again, and sign in.',
    },
  },
  {
    form: /^Request failed with 403\b/,
    notice: {
      tone: 'warning',
      title: 'Not allowed',
      text: 'You may not read Kubernetes objects in Backstage.',
      todo: 'Ask for the permissions kubernetes.clusters.read and kubernetes.resources.read.',
    },
  },
  {
    form: /\(HTTP 404\)/,
    notice: {
      tone: 'danger',
      title: 'No Kubernetes plugin',
      text: 'Backstage’s backend has no Kubernetes plugin, or one that is too old.',
      todo: 'The platform team has to add @backstage/plugin-kubernetes-backend.',
    },
  },
  {
    form: /^(Failed to fetch|NetworkError|Load failed|fetch failed)/i,
    notice: {
      tone: 'danger',
      title: 'Backstage is not reached',
      text: 'Backstage’s backend does not answer.',
      todo: 'It is asked again by itself.',
    },
  },
];

/** What an error of the whole question means, of which nothing but its sentence is known. */
export function failureNotice(message: string): Notice {
  const known = failures.find(f => f.form.test(message))?.notice;
  return (
    known ?? {
      tone: 'danger',
      title: 'Kubernetes cannot be asked',
      text: sentence(inner(message)),
      todo: 'It is asked again by itself. If it stays so, the platform team has to look at the Kubernetes plugin.',
    }
  );
}

// What a backend of Backstage says stands in a JSON behind the status. A proxy before it may say
// anything else.
function inner(message: string): string {
  const said = /"message":("(?:[^"\\]|\\.)*")/.exec(message)?.[1];
  try {
    return shortened(said ? (JSON.parse(said) as string) : message, 200);
  } catch {
    return shortened(message, 200);
  }
}

/** The app itself has no Kubernetes plugin, so that there is nobody to ask. */
export const noPlugin: Notice = {
  tone: 'danger',
  title: 'No Kubernetes plugin',
  text: 'This app has no Kubernetes plugin, by which the card asks for claims.',
  todo: 'The platform team has to add @backstage/plugin-kubernetes.',
};
