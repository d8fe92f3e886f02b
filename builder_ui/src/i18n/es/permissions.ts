export const permissions = {
  chatbots: {
    view: "ver chatbots, sus borradores y versiones",
    edit: "crear, cambiar, importar y borrar chatbots",
    publish: "publicar chatbots, volver a versiones anteriores y activarlos en remitentes",
  },
  threads: {
    view: "leer conversaciones y el registro de sus hilos",
    act: "parar, reanudar, reiniciar e iniciar hilos",
  },
  messages: {
    view: "ver qué fue de los mensajes",
    send: "enviar mensajes",
  },
  senders: {
    view: "ver remitentes y si funcionan",
    edit: "conectar, cambiar, probar y borrar remitentes",
  },
  contacts: {
    view: "ver contactos",
    edit: "crear y cambiar contactos",
    erase: "eliminar contactos para siempre",
  },
  consent: {
    view: "ver consentimientos, bajas, listas de bloqueo y su historia",
    edit: "registrar consentimientos, palabras clave y listas de bloqueo",
  },
  media: {
    view: "ver y descargar archivos de la biblioteca",
    edit: "subir y borrar archivos de la biblioteca",
  },
  templates: {
    view: "ver plantillas de contenido, de conversación y de WhatsApp",
    edit: "crear, cambiar, presentar y borrar plantillas",
  },
  webhooks: {
    view: "ver webhooks de salida y sus entregas",
    edit: "crear, cambiar y borrar webhooks de salida",
  },
  operation: {
    view: "ver colas, mensajes no entregados y el estado del servidor",
    act: "volver a enviar mensajes no entregados",
  },
  users: {
    view: "ver usuarios, roles y departamentos",
    edit: "crear, cambiar, bloquear y borrar usuarios y departamentos",
  },
  roles: {
    edit: "crear, cambiar y borrar roles",
  },
  keys: {
    view: "ver claves de API; nunca su secreto",
    edit: "crear y anular claves de API",
  },
  company: {
    view: "ver los ajustes de la empresa",
    edit: "cambiar nombre, zona horaria, idioma y plazo de conservación de la empresa",
  },
  audit: {
    view: "ver quién cambió qué",
  },
};
