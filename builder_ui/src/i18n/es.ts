import { answers } from "./es/answers";
import { audit } from "./es/audit";
import { canvas } from "./es/canvas";
import { chatbots } from "./es/chatbots";
import { code } from "./es/code";
import { credentials } from "./es/credentials";
import { departments } from "./es/departments";
import { expressions } from "./es/expressions";
import { fields } from "./es/fields";
import { history } from "./es/history";
import { inspector } from "./es/inspector";
import { keys } from "./es/keys";
import { live } from "./es/live";
import { permissions } from "./es/permissions";
import { permission_groups, user_roles } from "./es/roles";
import { registrations } from "./es/registrations";
import { sender_consent } from "./es/senderConsent";
import { senders } from "./es/senders";
import { together } from "./es/together";
import { tools } from "./es/tools";
import { trying } from "./es/trying";
import { users } from "./es/users";
import { webhooks } from "./es/webhooks";
import { media } from "./es/media";
import { content_rules } from "./es/contentRules";
import { content_templates } from "./es/contentTemplates";
import { conversation_templates } from "./es/conversationTemplates";
import { items, limits, messages } from "./es/messages";
import { presence } from "./es/presence";
import { preview } from "./es/preview";
import { fixes, problem_words } from "./es/problems";
import { variables } from "./es/variables";
import { whatsapp_templates } from "./es/whatsappTemplates";
import { workspace } from "./es/workspace";

import type { Dictionary } from "./en";

/** Spanish. */
export const es: Dictionary = {
  page: {
    name: "botflow",
    skip: "Ir al contenido",
    home: "Todos los chatbots",
    language: "Idioma",
    theme: "Apariencia",
    theme_system: "Tema del sistema",
    theme_light: "Tema claro",
    theme_dark: "Tema oscuro",
    not_found: "Esta página no existe",
    not_found_next: "Puede que haya una errata en la dirección. Todos los chatbots están en la primera página.",
    to_home: "Ver todos los chatbots",
  },
  home: {
    build: "Crear chatbots",
    title: "Chatea con un bot",
    lead: "botflow ejecuta en este servidor los chatbots de abajo. Elige uno y chatea con él como lo harían tus clientes.",
    list: "Chatbots publicados",
    loading: "Buscando chatbots …",
    failed: "No se pudo cargar la lista de chatbots",
    failed_next: "Comprueba que el servidor está en marcha y vuelve a intentarlo.",
    retry: "Volver a intentar",
    empty: "Aún no hay ningún chatbot publicado",
    empty_lead: "Un chatbot es un archivo JSON. Para ver aquí el primero:",
    empty_step_1: "Pon un archivo de escenario en la carpeta",
    empty_step_2: "Busca errores en él con",
    empty_step_3: "Reinicia el servidor y recarga esta página.",
    chat_with: "Chatear con {{name}}",
    chat: "Chatear",
    no_description: "Un chatbot sin descripción.",
  },
  channel: {
    webchat: "Chat web",
    whatsapp: "WhatsApp",
    rcs: "RCS",
    viber: "Viber",
    sms: "SMS",
    email: "Correo electrónico",
    push: "Push web",
    mobile_push: "Push móvil",
    tts: "Voz",
  },
  chat: {
    restart: "Empezar de nuevo",
    log: "Conversación con {{name}}",
    you: "Tú",
    typing: "{{name}} está escribiendo",
    write: "Escribe un mensaje",
    send: "Enviar",
    sending: "A la espera de enviarse",
    sent: "Enviado",
    read: "Recibido por el chatbot",
    not_sent: "No enviado: {{reason}}",
    send_again: "Enviar otra vez",
    discard: "Borrar",
    today: "Hoy",
    newest: "Ir al mensaje más nuevo",
    opening: "Abriendo el chat …",
    close: "Cerrar el chat",
    refused: "No se puede abrir este chat",
    unreadable: "Este mensaje no se puede mostrar aquí.",
  },
  connection: {
    reconnecting: "Sin conexión con el servidor. Reintentando …",
    kept_one: "Tu mensaje está guardado y se enviará en cuanto vuelva la conexión.",
    kept_other: "Tus {{count}} mensajes están guardados y se enviarán en cuanto vuelva la conexión.",
    nothing_lost: "No se pierde nada: lo que escribas ahora se enviará en cuanto vuelva la conexión.",
  },
  thread: {
    complete: "Este chat ha terminado.",
    timeout: "Este chat ha terminado porque no hubo respuesta durante un rato.",
    error: "Este chat ha terminado porque el chatbot tuvo un problema.",
    handedover: "Ahora te atiende una persona. El chatbot ya no responde.",
    stuck: "El chatbot no ha podido seguir. Elige una de sus respuestas o empieza de nuevo.",
    none: "Este chat no ha empezado.",
    write: "Escribe para empezar de nuevo.",
    unanswered: "Ningún chatbot responde ahora a lo que se escribe aquí.",
    start: "Empezar otra vez",
    begin: "Empezar el chat",
  },
  content: {
    suggestions: "Respuestas sugeridas",
    picture: "Imagen",
    picture_missing: "No se puede mostrar la imagen",
    file: "Archivo",
    open_file: "Abrir {{name}}",
    cards: "Tarjetas: muévete con las flechas",
    card_of: "Tarjeta {{number}} de {{count}}",
    previous: "Tarjeta anterior",
    next: "Tarjeta siguiente",
    choose: "Elegir",
    cancel: "Cancelar",
    location: "Ubicación",
    on_map: "Ver en el mapa",
    template: "Plantilla",
    new_tab: "se abre en otra pestaña",
  },
  location: {
    share: "Compartir una ubicación",
    here: "Usar dónde estoy",
    searching: "Buscando dónde estás …",
    unavailable: "El navegador no ha dicho dónde estás. Escribe las coordenadas.",
    or: "o escribe las coordenadas",
    latitude: "Latitud",
    longitude: "Longitud",
    send: "Enviar esta ubicación",
    bad_latitude: "Escribe la latitud como un número de -90 a 90, por ejemplo 40.4168.",
    bad_longitude: "Escribe la longitud como un número de -180 a 180, por ejemplo -3.7038.",
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
