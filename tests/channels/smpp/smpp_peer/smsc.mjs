// An SMSC made with npm's `smpp`, driven over standard input and output: a line of JSON each way for each thing.
//
// out: {"port"}, {"bind", "command"}, {"submit", ...}, {"answered", "status"}, {"unbound"}
// in:  {"deliver": {...}}, {"cut": true}
import fs from 'node:fs'
import readline from 'node:readline'
import smpp from 'smpp'

const [password, certificate, key] = process.argv.slice(2)
const options = certificate ? { cert: fs.readFileSync(certificate), key: fs.readFileSync(key) } : {}
const sessions = new Set()
let submitted = 0

function say(what) {
  process.stdout.write(`${JSON.stringify(what)}\n`)
}

function bound(session, pdu) {
  const isRight = pdu.password === password
  say({ bind: pdu.system_id, command: pdu.command, version: pdu.interface_version })
  session.send(pdu.response({ command_status: isRight ? smpp.ESME_ROK : smpp.ESME_RINVPASWD, system_id: 'npm' }))
  if (isRight) sessions.add(session)
}

function taken(session, pdu) {
  if (pdu.destination_addr === '41799999999') {
    session.send(pdu.response({ command_status: smpp.ESME_RINVDSTADR }))
    return
  }
  submitted += 1
  const id = (0xabcdef00 + submitted).toString(16).toUpperCase()
  const message = pdu.short_message
  say({
    submit: id,
    text: message.message || pdu.message_payload?.message || '',
    udh: message.udh ? message.udh.map((element) => element.toString('hex')) : [],
    source: [pdu.source_addr_ton, pdu.source_addr_npi, pdu.source_addr],
    destination: [pdu.dest_addr_ton, pdu.dest_addr_npi, pdu.destination_addr],
    coding: pdu.data_coding,
    esm: pdu.esm_class,
    validity: pdu.validity_period,
    registered: pdu.registered_delivery,
  })
  session.send(pdu.response({ message_id: id }))
  if (pdu.registered_delivery) reported(session, pdu, id)
}

function reported(session, pdu, id) {
  session.deliver_sm({
    esm_class: smpp.ESM_CLASS.MC_DELIVERY_RECEIPT,
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    receipted_message_id: id.toLowerCase(),
    message_state: smpp.MESSAGE_STATE.DELIVERED,
    short_message: `id:${id} sub:001 dlvrd:001 submit date:2611271200 done date:2611271201 stat:DELIVRD err:000 text:`,
  })
}

const server = smpp.createServer(options, (session) => {
  for (const command of ['bind_transceiver', 'bind_receiver', 'bind_transmitter']) {
    session.on(command, (pdu) => bound(session, pdu))
  }
  session.on('submit_sm', (pdu) => taken(session, pdu))
  session.on('enquire_link', (pdu) => session.send(pdu.response()))
  session.on('unbind', (pdu) => {
    say({ unbound: true })
    session.send(pdu.response())
    session.close()
  })
  session.on('error', () => {})
  session.on('close', () => sessions.delete(session))
})
server.listen(0, '127.0.0.1', () => say({ port: server.address().port }))

const actions = {
  deliver(fields) {
    const { udh, text, data, ...others } = fields
    const message = data ? Buffer.from(data, 'hex') : text
    const short_message = udh ? { udh: Buffer.from(udh, 'hex'), message } : message
    const [session] = sessions
    session.deliver_sm({ ...others, short_message }, (pdu) => say({ answered: pdu.command, status: pdu.command_status }))
  },
  cut() {
    for (const session of sessions) session.destroy()
  },
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  for (const [name, given] of Object.entries(JSON.parse(line))) actions[name](given)
}).on('close', () => process.exit(0))
