// What a form offers, read off the template as a browser does, and ways to fill it in.
import { template } from './backstage.mjs';

const holds = (condition, values) =>
  condition.required.every(name => values[name] !== undefined) &&
  Object.entries(condition.properties).every(([name, p]) => ('const' in p ? p.const === values[name] : p.enum.includes(values[name])));

// shown are the fields of all pages, by name, for what is filled in so far, and which of them have to be.
export function shown(values) {
  const properties = {};
  const required = new Set();
  for (const page of template.spec.parameters) {
    for (const part of [page, ...(page.allOf ?? []).filter(rule => holds(rule.if, values)).map(rule => rule.then)]) {
      Object.assign(properties, part.properties);
      (part.required ?? []).forEach(name => required.add(name));
    }
  }
  return { properties, required };
}

const identities = { gcp: 'serviceAccount:app@acme-prod.iam.gserviceaccount.com', aws: 'arn:aws:iam::123456789012:role/app', azure: '11111111-2222-3333-4444-555555555555' };
const texts = { name: ['main'], system: ['system:default/gateway'], owner: ['group:default/team-payments'], databaseName: ['orders'] };

// choices are the values of a field that are tried: all of a list, both ends of a number.
function choices(name, property, values) {
  if (property.enum) return property.enum;
  if (property.type === 'integer') return [property.minimum, property.maximum];
  if (name === 'dependencyOf') return [['component:default/gateway-api', 'component:default/gateway-worker']];
  if (name === 'queueAccess') {
    return [['send', 'receive'].map(role => ({ principal: identities[values.provider], role }))];
  }
  if (texts[name]) return texts[name];
  throw new Error(`nobody says how to fill in ${name}`);
}

// places are all types on all clouds in all envs, of a database with each engine.
export function places() {
  const of = (values, name) => shown(values).properties[name].enum.map(v => ({ ...values, [name]: v }));
  return of({}, 'type')
    .flatMap(v => of(v, 'provider'))
    .flatMap(v => of(v, 'env'))
    .flatMap(v => (shown(v).properties.databaseEngine ? of(v, 'databaseEngine') : [v]));
}

// filled is a place with every field filled in, by the last choice of each.
export function filled(place) {
  const values = { ...place };
  for (const [name, property] of Object.entries(shown(place).properties)) {
    values[name] ??= choices(name, property, values).at(-1);
  }
  return { ...values, region: 'eu-west' };
}

// pairs are filled forms of a place that have every two values of two fields together once at
// least. Regions take turns over the forms of a type on a cloud: no other field depends on one.
export function pairs(place, turns) {
  const { properties, required } = shown(place);
  const names = Object.keys(properties).filter(name => !(name in place) && name !== 'region');
  const options = names.map(name => [...(required.has(name) ? [] : [undefined]), ...choices(name, properties[name], place)]);
  const open = new Set();
  const key = (a, i, b, j) => `${a}.${i}-${b}.${j}`;
  names.forEach((_, a) => names.slice(a + 1).forEach((_, n) => {
    const b = a + 1 + n;
    options[a].forEach((_, i) => options[b].forEach((_, j) => open.add(key(a, i, b, j))));
  }));
  const regions = properties.region.enum;
  const turn = (turns[`${place.type} on ${place.provider}`] ??= { next: 0 });
  const forms = [];
  while (open.size || (place.env === 'mgmt' && turn.next < regions.length)) {
    if (!open.size) {
      forms.push({ ...filled(place), region: regions[turn.next++] });
      continue;
    }
    const [a, i, b, j] = open.values().next().value.split(/[.-]/).map(Number);
    const chosen = new Map([[a, i], [b, j]]);
    const gains = (c, k) => [...chosen].filter(([d, l]) => open.has(c < d ? key(c, k, d, l) : key(d, l, c, k))).length;
    names.forEach((_, c) => {
      if (chosen.has(c)) return;
      let best = 0;
      options[c].forEach((_, k) => { if (gains(c, k) > gains(c, best)) best = k; });
      chosen.set(c, best);
    });
    for (const [c, k] of chosen) for (const [d, l] of chosen) open.delete(key(c, k, d, l));
    const values = { ...place, region: regions[turn.next++ % regions.length] };
    for (const [c, k] of chosen) if (options[c][k] !== undefined) values[names[c]] = options[c][k];
    forms.push(values);
  }
  return forms;
}
