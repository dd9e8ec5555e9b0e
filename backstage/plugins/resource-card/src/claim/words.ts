// Names as people write them. A word without a row is shown as it is.

const clouds: Record<string, string> = {
  gcp: 'Google Cloud',
  aws: 'AWS',
  azure: 'Azure',
  ibm: 'IBM Cloud',
};

const engines: Record<string, string> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  redis: 'Redis',
  valkey: 'Valkey',
  rabbitmq: 'RabbitMQ',
};

const titles: Record<string, string> = {
  database: 'Database',
  bucket: 'Bucket',
  cache: 'Cache',
  queue: 'Queue',
};

export const cloudName = (word: string): string => clouds[word] ?? word;
export const engineName = (word: string): string => engines[word] ?? word;
export const typeName = (word: string): string => titles[word] ?? word;

/** A sentence begins with a capital and ends with a stop; a path or a name keeps its own. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const start = /^[a-z]+[ ,]/.test(trimmed) ? trimmed[0].toUpperCase() + trimmed.slice(1) : trimmed;
  return /[.!?…]$/.test(start) ? start : `${start}.`;
}

/** "a", "a and b", "a, b and c". */
export function list(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** A text of at most so many letters, cut between words, or within one that takes most of them. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) {
    return text;
  }
  const space = text.lastIndexOf(' ', most);
  return `${text.slice(0, space > most / 2 ? space : most)} …`;
}
