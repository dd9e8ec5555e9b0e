// What becomes of an edit of a claim, from top to bottom.
const question = (y, title, ...lines) => ({ x: 20, y, w: 360, h: 62, look: 'main', title, lines });
const answer = (y, look, title, ...lines) => ({ x: 480, y, w: 400, h: 62, look, title, lines });
const ys = [14, 110, 206, 302, 398, 494];

export default {
  width: 900,
  height: 570,
  title: 'An edit is refused by the API server, by the settings’ policy or by the guard, waits for its cloud, or is done.',
  boxes: [
    question(ys[0], 'Is the field of the right form?', 'type, range, region and version of the cloud'),
    answer(ys[0], 'bad', 'Refused by the API server', 'and before the merge by claims check; the object stays'),
    question(ys[1], 'Do the settings allow it?', 'policy of the env and the project'),
    answer(ys[1], 'bad', 'NotAllowed', 'Composed says the rule, and what is allowed'),
    question(ys[2], 'Is the resource made already?', 'what was last asked for stands on it'),
    answer(ys[2], 'good', 'Composed as it is said', 'a mistake is put right by another edit'),
    question(ys[3], 'Would the edit lose or move it?', 'cloud, engine, region, names; a smaller disk'),
    answer(ys[3], 'bad', 'Refused', 'nothing of it changes, and the edit is to be taken back'),
    question(ys[4], 'Does the cloud do it at once?', 'windows, restarts and replicas are its own'),
    answer(ys[4], 'box', 'Changing', 'Provisioned says what is awaited; see what an edit does'),
    answer(ys[5], 'good', 'Done', 'Ready; status.resource and status.size say what runs'),
  ],
  arrows: [
    { points: [[380, ys[0] + 31], [480, ys[0] + 31]], word: 'no' },
    { points: [[200, ys[0] + 62], [200, ys[1]]], word: 'yes', dy: 4 },
    { points: [[380, ys[1] + 31], [480, ys[1] + 31]], word: 'no' },
    { points: [[200, ys[1] + 62], [200, ys[2]]], word: 'yes', dy: 4 },
    { points: [[380, ys[2] + 31], [480, ys[2] + 31]], word: 'no' },
    { points: [[200, ys[2] + 62], [200, ys[3]]], word: 'yes', dy: 4 },
    { points: [[380, ys[3] + 31], [480, ys[3] + 31]], word: 'yes' },
    { points: [[200, ys[3] + 62], [200, ys[4]]], word: 'no', dy: 4 },
    { points: [[380, ys[4] + 31], [480, ys[4] + 31]], word: 'no' },
    { points: [[200, ys[4] + 62], [200, ys[5] + 31], [480, ys[5] + 31]], word: 'yes', dx: -134, dy: -40 },
    { points: [[680, ys[4] + 62], [680, ys[5]]] },
  ],
};
