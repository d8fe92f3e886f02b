import { answers } from "./en/answers";
import { audit } from "./en/audit";
import { canvas } from "./en/canvas";
import { chatbots } from "./en/chatbots";
import { code } from "./en/code";
import { credentials } from "./en/credentials";
import { departments } from "./en/departments";
import { expressions } from "./en/expressions";
import { fields } from "./en/fields";
import { history } from "./en/history";
import { inspector } from "./en/inspector";
import { keys } from "./en/keys";
import { live } from "./en/live";
import { permissions } from "./en/permissions";
import { permission_groups, user_roles } from "./en/roles";
import { registrations } from "./en/registrations";
import { sender_consent } from "./en/senderConsent";
import { senders } from "./en/senders";
import { together } from "./en/together";
import { tools } from "./en/tools";
import { trying } from "./en/trying";
import { users } from "./en/users";
import { webhooks } from "./en/webhooks";
import { media } from "./en/media";
import { content_rules } from "./en/contentRules";
import { content_templates } from "./en/contentTemplates";
import { conversation_templates } from "./en/conversationTemplates";
import { items, limits, messages } from "./en/messages";
import { presence } from "./en/presence";
import { preview } from "./en/preview";
import { fixes, problem_words } from "./en/problems";
import { variables } from "./en/variables";
import { whatsapp_templates } from "./en/whatsappTemplates";
import { workspace } from "./en/workspace";

/** English: the dictionary that the others follow, key by key. */
export const en = {
  page: {
    name: "botflow",
    skip: "Skip to the content",
    home: "All chatbots",
    language: "Language",
    theme: "Appearance",
    theme_system: "System theme",
    theme_light: "Light theme",
    theme_dark: "Dark theme",
    not_found: "There is no such page",
    not_found_next: "The address may have a slip in it. All chatbots are on the first page.",
    to_home: "See all chatbots",
  },
  home: {
    build: "Build chatbots",
    title: "Chat with a bot",
    lead: "botflow runs the chatbots below on this server. Pick one and chat with it just as your customers would.",
    list: "Published chatbots",
    loading: "Looking for chatbots …",
    failed: "The list of chatbots could not be loaded",
    failed_next: "Check that the server is running, then try again.",
    retry: "Try again",
    empty: "No chatbot is published yet",
    empty_lead: "A chatbot is one JSON file. To see your first one here:",
    empty_step_1: "Put a scenario file into the folder",
    empty_step_2: "Look for mistakes in it with",
    empty_step_3: "Start the server again and reload this page.",
    chat_with: "Chat with {{name}}",
    chat: "Chat",
    no_description: "A chatbot without a description.",
  },
  channel: {
    webchat: "Web chat",
    whatsapp: "WhatsApp",
    rcs: "RCS",
    viber: "Viber",
    sms: "SMS",
    email: "E-mail",
    push: "Web push",
    mobile_push: "Mobile push",
    tts: "Text to speech",
  },
  chat: {
    restart: "Start over",
    log: "Conversation with {{name}}",
    you: "You",
    typing: "{{name}} is typing",
    write: "Write a message",
    send: "Send",
    sending: "Waiting to be sent",
    sent: "Sent",
    read: "Received by the chatbot",
    not_sent: "Not sent: {{reason}}",
    send_again: "Send again",
    discard: "Delete",
    today: "Today",
    newest: "To the newest message",
    opening: "Opening the chat …",
    close: "Close the chat",
    refused: "This chat cannot be opened",
    unreadable: "This message cannot be shown here.",
  },
  connection: {
    reconnecting: "No connection to the server. Trying again …",
    kept_one: "Your message is kept and will be sent as soon as the connection is back.",
    kept_other: "Your {{count}} messages are kept and will be sent as soon as the connection is back.",
    nothing_lost: "Nothing is lost: what you write now is sent as soon as the connection is back.",
  },
  thread: {
    complete: "This chat has ended.",
    timeout: "This chat has ended because there was no answer for a while.",
    error: "This chat has ended because the chatbot had a problem.",
    handedover: "You are with a person now. The chatbot no longer answers.",
    stuck: "The chatbot could not follow that. Choose one of its answers, or start over.",
    none: "This chat has not begun.",
    write: "Write to begin again.",
    unanswered: "No chatbot answers what is written here now.",
    start: "Start again",
    begin: "Start the chat",
  },
  content: {
    suggestions: "Suggested answers",
    picture: "Picture",
    picture_missing: "The picture cannot be shown",
    file: "File",
    open_file: "Open {{name}}",
    cards: "Cards: move with the arrow keys",
    card_of: "Card {{number}} of {{count}}",
    previous: "Previous card",
    next: "Next card",
    choose: "Choose",
    cancel: "Cancel",
    location: "Location",
    on_map: "Show on the map",
    template: "Template",
    new_tab: "opens in a new tab",
  },
  location: {
    share: "Share a location",
    here: "Use where I am",
    searching: "Looking for where you are …",
    unavailable: "Your browser did not tell where you are. Type the coordinates instead.",
    or: "or type coordinates",
    latitude: "Latitude",
    longitude: "Longitude",
    send: "Send this location",
    bad_latitude: "Write the latitude as a number from -90 to 90, such as 40.4168.",
    bad_longitude: "Write the longitude as a number from -180 to 180, such as -3.7038.",
  },
  ...workspace,
  ...answers,
  ...canvas,
  ...code,
  ...expressions,
  ...tools,
  ...fields,
  ...variables,
  ...chatbots,
  ...senders,
  together,
  keys,
  users,
  departments,
  media,
  user_roles,
  permissions,
  permission_groups,
  audit,
  preview,
  ...history,
  ...live,
  ...inspector,
  ...presence,
  ...webhooks,
  registrations,
  credentials,
  sender_consent,
  problem_words,
  fixes,
  trying,
  whatsapp_templates,
  messages,
  content_rules,
  content_templates,
  conversation_templates,
  items,
  limits,
};

export type Dictionary = typeof en;
