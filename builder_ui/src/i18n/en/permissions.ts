/** What each permission allows: the sentences of `botflow/permissions.py`. */
export const permissions = {
  chatbots: {
    view: "see chatbots, their drafts and versions",
    edit: "make, change, import and delete chatbots",
    publish: "publish chatbots, roll them back and enable them on senders",
  },
  threads: {
    view: "read conversations and the log of their threads",
    act: "stop, resume, restart and start threads",
  },
  messages: {
    view: "see what became of messages",
    send: "send messages",
  },
  senders: {
    view: "see senders and whether they work",
    edit: "connect, change, test and delete senders",
  },
  contacts: {
    view: "see contacts",
    edit: "make and change contacts",
    erase: "erase contacts for good",
  },
  consent: {
    view: "see consent, opt-outs, blacklists and their history",
    edit: "record consent, keywords and blacklists",
  },
  media: {
    view: "see and download files of the media library",
    edit: "upload and delete files of the media library",
  },
  templates: {
    view: "see content, conversation and WhatsApp templates",
    edit: "make, change, submit and delete templates",
  },
  webhooks: {
    view: "see outbound webhooks and their deliveries",
    edit: "make, change and delete outbound webhooks",
  },
  operation: {
    view: "see queues, dead letters and the state of the server",
    act: "send dead letters again",
  },
  users: {
    view: "see users, roles and departments",
    edit: "make, change, block and delete users and departments",
  },
  roles: {
    edit: "make, change and delete roles",
  },
  keys: {
    view: "see API keys; never their secret",
    edit: "make and revoke API keys",
  },
  company: {
    view: "see the company's settings",
    edit: "change the company's name, time zone, language and retention",
  },
  audit: {
    view: "see who changed what",
  },
};
