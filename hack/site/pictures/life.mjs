// The life of what a claim makes, and who may take each step.
export default {
  width: 900,
  height: 330,
  title: 'A claim is made, becomes ready, is edited, and is deleted: in dev and staging with what it made, in prod and mgmt without, from where the same claim takes it up again.',
  boxes: [
    { x: 10, y: 40, w: 190, h: 72, title: 'Asked for', lines: ['a claim in Git', 'Composed: what is wrong'] },
    { x: 250, y: 40, w: 190, h: 72, title: 'Being made', lines: ['Provisioned: Creating', 'no edit is too late'] },
    { x: 490, y: 40, w: 190, h: 72, look: 'good', title: 'Ready', lines: ['the Secret is complete', 'edits are judged by a guard'] },
    { x: 490, y: 200, w: 190, h: 88, title: 'The claim is deleted', lines: ['dev, staging: with its data,', 'but not of a full bucket;', 'prod, mgmt: without'] },
    { x: 10, y: 200, w: 190, h: 88, look: 'good', title: 'Left in the cloud', lines: ['prod and mgmt: protected,', 'under its name; password:', 'keep its Secret'] },
    { x: 720, y: 200, w: 170, h: 88, look: 'bad', title: 'Gone', lines: ['in prod and mgmt after', 'a lead’s allow-delete'] },
  ],
  arrows: [
    { points: [[200, 76], [250, 76]] },
    { points: [[440, 76], [490, 76]] },
    { points: [[680, 60], [720, 60], [720, 24], [585, 24], [585, 40]], word: 'an edit', dx: 72, dy: 22 },
    { points: [[585, 112], [585, 200]], word: 'kubectl delete', dy: 4 },
    { points: [[490, 244], [200, 244]], word: 'Orphan', dx: -20 },
    { points: [[680, 244], [720, 244]] },
    { points: [[105, 200], [105, 112]], word: 'the same claim again takes it up', dy: 4 },
  ],
};
