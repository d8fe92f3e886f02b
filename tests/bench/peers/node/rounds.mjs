// Shared by the peers on Node: measures some work and prints what pizza.py and code.py read.
export const INBOUND = [["pizza", null], ["Ann", null], ["Large", "large"]];
// The warm-up is as long as so many rounds: compilers that work while a program runs need some of it.
const WARM_UP_ROUNDS = 5;
export const SUGGESTIONS = [
  { id: "s", type: "reply", text: "Small", postback: "small" },
  { id: "l", type: "reply", text: "Large", postback: "large" },
];

// Measures the pizza conversation, which returns the replies. Figures are of one message.
export async function report(converse) {
  const replies = await converse();
  console.log(JSON.stringify({ ...(await measured(converse, INBOUND.length)), replies }));
}

// Microseconds of one of the `parts` of the work, a figure a round. The command line ends with the number of rounds and
// the seconds of one; rounds and warm-up are counted in processor time, so that on a busy machine too everything is warm.
export async function measured(work, parts) {
  const [rounds, seconds] = process.argv.slice(-2).map(Number);
  const count = await warmUp(work, seconds * WARM_UP_ROUNDS * 1e6);
  const figures = { cpu: [], wall: [] };
  for (let round = 0; round < rounds; round += 1) {
    const { cpu, wall } = await oneRound(work, Math.ceil(count / WARM_UP_ROUNDS));
    figures.cpu.push(cpu / parts);
    figures.wall.push(wall / parts);
  }
  return figures;
}

// Does ever more work at once until that takes about so long; gives how often. The clock is read seldom: on some machines
// that takes longer than a conversation.
async function warmUp(work, least) {
  for (let count = 1; ; count *= 2) {
    const used = (await oneRound(work, count)).cpu * count;
    if (used >= least / 2) return used ? Math.ceil(count * Math.max(1, least / used)) : count;
  }
}

async function oneRound(work, count) {
  const started = performance.now();
  const before = process.cpuUsage();
  for (let i = 0; i < count; i += 1) await work();
  const cpu = microseconds(process.cpuUsage(before)) / count;
  return { cpu, wall: ((performance.now() - started) * 1000) / count };
}

function microseconds({ user, system }) {
  return user + system;
}
