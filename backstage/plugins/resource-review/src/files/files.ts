import type { ScaffolderDryRunResponse } from '@backstage/plugin-scaffolder-common';

/** A file of the request, by its path in the repository. */
export type File = { path: string; text: string };

// The folder that the template's steps publish.
const published = 'repository/';

/** filesOf are the files that a dry run left to be published: claims first, then the rest. */
export function filesOf({ directoryContents }: Pick<ScaffolderDryRunResponse, 'directoryContents'>): File[] {
  return directoryContents
    .filter(file => file.path.startsWith(published))
    .map(file => ({ path: file.path.slice(published.length), text: textOf(file.base64Content) }))
    .sort((a, b) => Number(isEntity(a)) - Number(isEntity(b)) || a.path.localeCompare(b.path));
}

const isEntity = (file: File) => file.path.startsWith('catalog/');

const textOf = (base64: string) => new TextDecoder().decode(Uint8Array.from(atob(base64), c => c.charCodeAt(0)));
