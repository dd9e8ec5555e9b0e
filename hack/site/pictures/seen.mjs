// One refused edit in the four places where somebody sees it. The sentence is that of a claim which
// was recorded on a control plane (test/argocd/testdata), the alert's is of package/monitoring, and
// what is done about it the card's own.
import { readFileSync } from 'node:fs';
import { wrapped } from './draw.mjs';

const read = path => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const [, health, sentence] = /^(Degraded): (spec\.provider: "\w+" cannot become .*)$/m.exec(read('test/argocd/testdata/claims-v2.4.0.verdicts'));
const [, lost] = /on a live (\w+)/.exec(sentence);
const [, word, todo] = /Refused: row\('(.*?)', 'danger', '(.*?)'\)/.exec(read('backstage/plugins/resource-card/src/claim/reasons.ts'));
const [, summary] = /- alert: FunctionFatal[\s\S]*?summary: "(.*?)"/.exec(read('package/monitoring/prometheusrule.yaml'));
const fires = summary.replace('{{ $labels.function }}', 'function-multicloud-db').replace('{{ $labels.reason }}', 'Refused');

export default {
  width: 900,
  height: 318,
  title: `An edit that would lose a ${lost} is refused by one sentence, which kubectl, Argo CD and Backstage show, and of which an alert tells: ${sentence}`,
  boxes: [
    { x: 10, y: 10, w: 880, h: 56, look: 'main', title: `An edit that would lose a ${lost} is refused, and nothing of it changes`, lines: wrapped(sentence, 150) },
    { x: 10, y: 104, w: 430, h: 94, title: 'kubectl get resources -o wide', lines: [{ text: 'SYNCED True   READY True   COMPOSED Refused', look: 'code' }, ...wrapped(sentence, 68)] },
    { x: 460, y: 104, w: 430, h: 94, look: 'bad', title: `Argo CD: ${health}`, lines: ['of the Application and of the claim in it, by package/argocd', ...wrapped(sentence, 68)] },
    { x: 10, y: 212, w: 430, h: 94, look: 'bad', title: `Backstage, on the entity’s card: ${word}`, lines: [...wrapped(sentence, 68), todo] },
    { x: 460, y: 212, w: 430, h: 94, look: 'bad', title: 'Prometheus: FunctionFatal', lines: [...wrapped(fires, 68), 'severity warning, with the section of the runbooks'] },
  ],
  arrows: [
    { points: [[225, 66], [225, 104]] },
    { points: [[675, 66], [675, 104]] },
  ],
};
