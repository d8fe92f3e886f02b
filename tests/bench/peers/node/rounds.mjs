// Shared by the peers on Node: measures a conversation and prints what pizza.py reads.
export const INBOUND = [["pizza", null], ["Ann", null], ["Large", "large"]];
export const SUGGESTIONS = [
  { id: "s", type: "reply", text: "Small", postback: "small" },
  { id: "l", type: "reply", text: "Large", postback: "large" },
];

export async function report(converse) {
  const rounds = Number(process.argv[2]);
  const seconds = Number(process.argv[3]);
  const replies = await converse();
  let count = 0;
  const started = performance.now();
  while (performance.now() - started < seconds * 500 || count < 3) {
    await converse();
    count += 1;
  }
  const us = [];
  for (let round = 0; round < rounds; round += 1) us.push(await oneRound(converse, count * 2));
  console.log(JSON.stringify({ us, replies }));
}

async function oneRound(converse, count) {
  const before = process.cpuUsage();
  for (let i = 0; i < count; i += 1) await converse();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / count / INBOUND.length;
}
