// What the reasons of the platform's conditions mean to whoever looks at an entity. The rows
// are of the tables in functions/*/README.md and of docs/runbooks.md: a test holds that no
// reason is missing. One without a row, of a newer function, is shown by its own word.

/** How a state looks: each has its colour and its sign, never the colour alone. */
export type Tone = 'success' | 'info' | 'warning' | 'danger' | 'neutral';

export interface Row {
  /** Two or three words for the head of the card. */
  word: string;
  tone: Tone;
  /** Who does what about it, where somebody has to. */
  todo?: string;
}

const row = (word: string, tone: Tone, todo?: string): Row => ({ word, tone, todo });

/** Composed that is not True: the claim was refused, waits, or only looks. */
export const composed: Record<string, Row> = {
  InvalidClaim: row('Refused', 'danger', 'Mend the claim. What exists stays as it is meanwhile.'),
  NotAllowed: row('Not allowed', 'danger', 'Ask for what is allowed, or have the platform team allow more.'),
  InvalidSettings: row('Settings refused', 'danger', 'The platform team has to mend its settings. What exists stays as it is.'),
  InvalidInput: row('Composition refused', 'danger', 'The platform team has to mend its Composition. What exists stays as it is.'),
  NotInstalled: row('Cloud not installed', 'danger', 'Ask for another cloud, or have the platform team install this one.'),
  Refused: row('Edit refused', 'danger', 'Take the edit back. What exists stays as it is.'),
  NameTaken: row('Refused', 'danger', 'The platform team has to rename a resource in its Composition.'),
  ForeignSecret: row('Refused', 'danger', 'Name another connection Secret in the claim, or remove the one that is there.'),
  NoPassword: row('Settings refused', 'danger', 'The platform team has to set passwordSecret in its settings.'),
  PasswordLost: row('Password lost', 'danger', 'Restore the Secret with the password. What exists stays as it is.'),
  Panic: row('Function failed', 'danger', 'Tell the platform team. What exists stays as it is.'),
  AwaitingSettings: row('Waits for settings', 'warning', 'The platform team has to add them. What exists stays as it is.'),
  NoNetwork: row('Waits for a network', 'warning', 'The platform team has to name one in its settings.'),
  PasswordUnknown: row('Password unknown', 'warning', 'Write its own password into the Secret that is named.'),
  Differs: row('Differs', 'warning', 'Write into the claim what the resource has.'),
  Observing: row('Being looked at', 'info'),
};

/** Composed that is True, and has something to know. */
export const remarks: Record<string, Tone> = {
  SettingsKept: 'warning',
  NotAllowed: 'warning',
  NoNetwork: 'warning',
  NoDeadLetters: 'warning',
  Found: 'warning',
};

/** Provisioned that is not True, or tells of a change: what the cloud makes of it. */
export const provisioned: Record<string, Row> = {
  Changing: row('Changing', 'info'),
  Creating: row('Being created', 'info'),
  Deleting: row(
    'Being deleted',
    'danger',
    'Somebody deleted a part of it: the platform team has to look before it is made anew without its data.',
  ),
  MadeAgain: row(
    'Made again, empty',
    'danger',
    'What it had is gone at its cloud. Stop the app before it writes into the new one, and have what was lost restored.',
  ),
  Unavailable: row('Not available', 'danger', 'What to do depends on the cloud’s word: the runbook has them.'),
  Stopped: row('Stopped', 'danger', 'Start it where it was stopped.'),
  Paused: row('Paused', 'neutral', 'No edit reaches the cloud until it is no longer paused.'),
  ProviderError: row(
    'Cloud reports an error',
    'danger',
    'Quotas, missing rights and taken names are mended at the cloud; it is tried again by itself.',
  ),
  UnknownState: row('Unknown state', 'warning', 'Look at it at its cloud: it may serve, and it may not.'),
  NotResized: row('Not resized', 'warning', 'The cloud refused the size. Mend the cause, then ask for another size and back.'),
  PasswordUnknown: row('Password unknown', 'warning', 'Write its own password into the Secret that Composed names.'),
  AwaitingPassword: row('Waits for its login', 'warning', 'Have its login written into the Secret that is named.'),
  NotComposed: row('Nothing made yet', 'warning'),
};

/** Sized and CostTagged that are not True: in danger are those that stop the claim, the others only tell. */
export const sized: Record<string, Row> = {
  InvalidClaim: row('Refused', 'danger', 'Mend the claim. What exists stays as it is meanwhile.'),
  InvalidProfile: row('Profile refused', 'danger', 'Name another profile. What exists stays as it is.'),
  InvalidSettings: row('Settings refused', 'danger', 'The platform team has to mend its settings.'),
  InvalidInput: row('Composition refused', 'danger', 'The platform team has to mend its Composition.'),
  InvalidTags: row('Tags refused', 'danger', 'Mend the tags of the claim.'),
  Panic: row('Function failed', 'danger', 'Tell the platform team. What exists stays as it is.'),
  HeldBack: row('Size held back', 'warning'),
  NotSized: row('Not sized', 'warning'),
  TagsDropped: row('Tags dropped', 'warning'),
  NotTagged: row('Not tagged', 'warning'),
  NoTags: row('No tags', 'warning'),
  // Somebody wants it so, or for a while.
  Observed: row('Only observed', 'info'),
  Paused: row('Paused', 'info'),
  NotUpdated: row('Not updated yet', 'info'),
};

/**
 * Crossplane's own word on any condition of a function that did not come to speak, since a step of
 * the pipeline or the API server failed (reasonFatalError of internal/controller/apiextensions/composite
 * in 1.20.0 and 2.4.0). Why stands in Synced of the XR, which of a claim is another object.
 */
export const unspoken = 'FatalError';

export const failed = row('Fatal error', 'danger', 'The platform team has to look at Synced of the claim’s XR, which says what failed.');

/** A reason as words: "ReconcileError" is "Reconcile error". */
export function words(reason: string): string {
  const parts = reason.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return parts.charAt(0).toUpperCase() + parts.slice(1);
}
