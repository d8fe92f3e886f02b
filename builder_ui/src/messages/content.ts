/** Made from `botflow_runtime.content` by `python -m scripts.generate`; do not edit. */
import type { ObjectKind } from "./kinds";

/** The content types of each channel, and the object that each is. */
export const CHANNELS = {
  "sms": {"text": "SmsText"},
  "rcs": {"text": "RcsText", "file": "RcsFile", "card": "RcsCard", "carousel": "RcsCarousel"},
  "viber": {"text": "ViberText", "file": "ViberFile", "card": "ViberCard"},
  "whatsapp": {"text": "WhatsAppText", "card": "WhatsAppCard", "list": "WhatsAppList", "file": "WhatsAppFile", "request_location": "WhatsAppRequestLocation", "send_location": "WhatsAppSendLocation", "template": "WhatsAppTemplate"},
  "webchat": {"text": "WebchatText", "card": "WebchatCard", "file": "WebchatFile"},
  "email": {"email": "Email"},
  "push": {"notification": "PushNotification"},
  "tts": {"text": "TtsText"},
  "mobile_push": {"notification": "MobilePushNotification"},
} as const;

/** What is known of the fields of every object that content is made of. */
export const OBJECTS = {
  "SmsText": {
    "type": "text",
    "fields": {
      "text": {"kind": "text", "most": 255, "unit": "sms", "required": true},
    },
  },
  "RcsText": {
    "type": "text",
    "fields": {
      "text": {"kind": "text", "most": 3072, "unit": "utf16", "required": true},
      "suggestions": {"kind": "list", "least": 0, "most": 11, "of": ["RcsReply", "RcsOpenUrl", "RcsDial", "RcsShowLocation", "RcsRequestLocation", "RcsCalendarEvent"]},
    },
  },
  "RcsFile": {
    "type": "file",
    "fields": {
      "media": {"kind": "media", "formats": [], "most": 0, "required": true},
      "thumbnail": {"kind": "media", "formats": [], "most": 0},
      "caption": {"kind": "text", "most": 3072, "unit": "utf16"},
      "suggestions": {"kind": "list", "least": 0, "most": 11, "of": ["RcsReply", "RcsOpenUrl", "RcsDial", "RcsShowLocation", "RcsRequestLocation", "RcsCalendarEvent"]},
    },
  },
  "RcsCard": {
    "type": "card",
    "fields": {
      "media": {"kind": "media", "formats": [], "most": 0},
      "thumbnail": {"kind": "media", "formats": [], "most": 0},
      "image_size": {"kind": "choice", "values": ["short", "medium", "tall"], "default": "medium"},
      "title": {"kind": "text", "most": 200, "unit": "utf16"},
      "text": {"kind": "text", "most": 2000, "unit": "utf16"},
      "buttons": {"kind": "list", "least": 0, "most": 4, "of": ["RcsReply", "RcsOpenUrl", "RcsDial", "RcsShowLocation", "RcsRequestLocation", "RcsCalendarEvent"]},
      "layout": {"kind": "choice", "values": ["vertical", "horizontal"], "default": "vertical"},
      "image_side": {"kind": "choice", "values": ["left", "right"], "default": "left"},
      "suggestions": {"kind": "list", "least": 0, "most": 11, "of": ["RcsReply", "RcsOpenUrl", "RcsDial", "RcsShowLocation", "RcsRequestLocation", "RcsCalendarEvent"]},
    },
  },
  "RcsCarousel": {
    "type": "carousel",
    "fields": {
      "cards": {"kind": "list", "least": 1, "most": 12, "of": ["RcsCarouselCard"], "required": true},
      "card_width": {"kind": "choice", "values": ["small", "medium"], "default": "medium"},
      "suggestions": {"kind": "list", "least": 0, "most": 11, "of": ["RcsReply", "RcsOpenUrl", "RcsDial", "RcsShowLocation", "RcsRequestLocation", "RcsCalendarEvent"]},
    },
  },
  "ViberText": {
    "type": "text",
    "fields": {
      "text": {"kind": "text", "most": 1000, "unit": "characters", "required": true},
      "button": {"kind": "object", "of": "ViberButton"},
    },
  },
  "ViberFile": {
    "type": "file",
    "fields": {
      "media": {"kind": "media", "formats": [".bmp", ".csv", ".doc", ".docx", ".dot", ".dotx", ".eps", ".fods", ".fodt", ".gif", ".info", ".jpeg", ".jpg", ".mp4", ".odf", ".ods", ".odt", ".pdax", ".pdf", ".png", ".rtf", ".svg", ".txt", ".xls", ".xlsx", ".xltx", ".xps"], "most": 209715200, "required": true},
    },
  },
  "ViberCard": {
    "type": "card",
    "fields": {
      "text": {"kind": "text", "most": 1000, "unit": "characters", "required": true},
      "media": {"kind": "media", "formats": [".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg"], "most": 209715200, "required": true},
      "button": {"kind": "object", "of": "ViberButton", "required": true},
    },
  },
  "WhatsAppText": {
    "type": "text",
    "fields": {
      "text": {"kind": "text", "most": 4096, "unit": "characters", "required": true},
    },
  },
  "WhatsAppCard": {
    "type": "card",
    "fields": {
      "media": {"kind": "media", "formats": [".doc", ".docx", ".jpeg", ".jpg", ".mp4", ".pdf", ".png", ".pptx", ".webp", ".xlsx"], "most": 0},
      "header": {"kind": "text", "most": 20, "unit": "characters"},
      "text": {"kind": "text", "most": 1024, "unit": "characters", "required": true},
      "footer": {"kind": "text", "most": 60, "unit": "characters"},
      "buttons": {"kind": "list", "least": 0, "most": 3, "of": ["WhatsAppButton"]},
    },
  },
  "WhatsAppList": {
    "type": "list",
    "fields": {
      "header": {"kind": "text", "most": 60, "unit": "characters"},
      "text": {"kind": "text", "most": 4096, "unit": "characters", "required": true},
      "footer": {"kind": "text", "most": 60, "unit": "characters"},
      "button": {"kind": "text", "most": 20, "unit": "characters", "required": true},
      "sections": {"kind": "list", "least": 1, "most": 10, "of": ["WhatsAppSection"], "required": true},
    },
  },
  "WhatsAppFile": {
    "type": "file",
    "fields": {
      "media": {"kind": "media", "formats": [".3gp", ".aac", ".amr", ".doc", ".docx", ".jpeg", ".jpg", ".mp3", ".mp4", ".mpeg", ".ogg", ".pdf", ".png", ".pptx", ".webp", ".xlsx"], "most": 0, "required": true},
      "caption": {"kind": "text", "most": 1024, "unit": "characters"},
    },
  },
  "WhatsAppRequestLocation": {
    "type": "request_location",
    "fields": {
      "text": {"kind": "text", "most": 1024, "unit": "characters", "required": true},
    },
  },
  "WhatsAppSendLocation": {
    "type": "send_location",
    "fields": {
      "latitude": {"kind": "number", "least": -90, "most": 90, "required": true},
      "longitude": {"kind": "number", "least": -180, "most": 180, "required": true},
      "name": {"kind": "text", "most": 1000, "unit": "characters"},
      "address": {"kind": "text", "most": 1000, "unit": "characters"},
    },
  },
  "WhatsAppTemplate": {
    "type": "template",
    "fields": {
      "name": {"kind": "key", "most": 512, "required": true},
      "language": {"kind": "key", "most": 16, "required": true},
      "variables": {"kind": "texts", "most": 1024, "unit": "characters"},
      "media": {"kind": "media", "formats": [".doc", ".docx", ".jpeg", ".jpg", ".mp4", ".pdf", ".png", ".pptx", ".webp", ".xlsx"], "most": 0},
    },
  },
  "WebchatText": {
    "type": "text",
    "fields": {
      "text": {"kind": "text", "most": 4096, "unit": "characters", "required": true},
      "suggestions": {"kind": "list", "least": 0, "most": 11, "of": ["WebchatReply", "WebchatOpenUrl"]},
    },
  },
  "WebchatCard": {
    "type": "card",
    "fields": {
      "media": {"kind": "media", "formats": [], "most": 0},
      "title": {"kind": "text", "most": 200, "unit": "characters"},
      "text": {"kind": "text", "most": 2000, "unit": "characters"},
      "buttons": {"kind": "list", "least": 0, "most": 4, "of": ["WebchatReply", "WebchatOpenUrl"]},
      "suggestions": {"kind": "list", "least": 0, "most": 11, "of": ["WebchatReply", "WebchatOpenUrl"]},
    },
  },
  "WebchatFile": {
    "type": "file",
    "fields": {
      "media": {"kind": "media", "formats": [], "most": 0, "required": true},
      "caption": {"kind": "text", "most": 1024, "unit": "characters"},
      "suggestions": {"kind": "list", "least": 0, "most": 11, "of": ["WebchatReply", "WebchatOpenUrl"]},
    },
  },
  "Email": {
    "type": "email",
    "fields": {
      "subject": {"kind": "text", "most": 255, "unit": "characters", "required": true},
      "subtitle": {"kind": "text", "most": 255, "unit": "characters"},
      "blocks": {"kind": "list", "least": 1, "most": 100, "of": ["EmailTextBlock", "EmailImageBlock", "EmailButtonBlock", "EmailSocialBlock", "EmailDividerBlock", "EmailSpacerBlock", "EmailWrapperBlock", "EmailColumnsBlock"], "required": true},
    },
  },
  "PushNotification": {
    "type": "notification",
    "fields": {
      "media": {"kind": "media", "formats": [], "most": 0},
      "header": {"kind": "text", "most": 250, "unit": "bytes"},
      "body": {"kind": "text", "most": 1500, "unit": "bytes"},
      "url": {"kind": "url", "most": 2048},
    },
  },
  "TtsText": {
    "type": "text",
    "fields": {
      "text": {"kind": "text", "most": 4096, "unit": "characters", "required": true},
      "language": {"kind": "choice", "values": ["en", "es"], "required": true},
      "repeat": {"kind": "choice", "values": [1, 2, 3], "default": 1},
    },
  },
  "MobilePushNotification": {
    "type": "notification",
    "fields": {
      "header": {"kind": "text", "most": 250, "unit": "bytes", "required": true},
      "body": {"kind": "text", "most": 3000, "unit": "bytes", "required": true},
    },
  },
  "RcsReply": {
    "type": "reply",
    "fields": {
      "id": {"kind": "key", "most": 200, "required": true},
      "text": {"kind": "text", "most": 25, "unit": "utf16", "required": true},
      "postback": {"kind": "text", "most": 2048, "unit": "utf16"},
    },
  },
  "RcsOpenUrl": {
    "type": "open_url",
    "fields": {
      "id": {"kind": "key", "most": 200, "required": true},
      "text": {"kind": "text", "most": 25, "unit": "utf16", "required": true},
      "postback": {"kind": "text", "most": 2048, "unit": "utf16"},
      "url": {"kind": "url", "most": 2048, "required": true},
    },
  },
  "RcsDial": {
    "type": "dial",
    "fields": {
      "id": {"kind": "key", "most": 200, "required": true},
      "text": {"kind": "text", "most": 25, "unit": "utf16", "required": true},
      "postback": {"kind": "text", "most": 2048, "unit": "utf16"},
      "phone": {"kind": "phone", "most": 200, "required": true},
      "call": {"kind": "choice", "values": ["phone", "enriched", "video"], "default": "phone"},
      "fallback_url": {"kind": "url", "most": 2048},
    },
  },
  "RcsShowLocation": {
    "type": "show_location",
    "fields": {
      "id": {"kind": "key", "most": 200, "required": true},
      "text": {"kind": "text", "most": 25, "unit": "utf16", "required": true},
      "postback": {"kind": "text", "most": 2048, "unit": "utf16"},
      "latitude": {"kind": "number", "least": -90, "most": 90},
      "longitude": {"kind": "number", "least": -180, "most": 180},
      "query": {"kind": "text", "most": 200, "unit": "utf16"},
      "label": {"kind": "text", "most": 100, "unit": "utf16"},
      "fallback_url": {"kind": "url", "most": 2048},
    },
  },
  "RcsRequestLocation": {
    "type": "request_location",
    "fields": {
      "id": {"kind": "key", "most": 200, "required": true},
      "text": {"kind": "text", "most": 25, "unit": "utf16", "required": true},
      "postback": {"kind": "text", "most": 2048, "unit": "utf16"},
    },
  },
  "RcsCalendarEvent": {
    "type": "calendar_event",
    "fields": {
      "id": {"kind": "key", "most": 200, "required": true},
      "text": {"kind": "text", "most": 25, "unit": "utf16", "required": true},
      "postback": {"kind": "text", "most": 2048, "unit": "utf16"},
      "start": {"kind": "moment", "most": 200, "required": true},
      "end": {"kind": "moment", "most": 200, "required": true},
      "title": {"kind": "text", "most": 100, "unit": "utf16", "required": true},
      "description": {"kind": "text", "most": 500, "unit": "utf16"},
      "fallback_url": {"kind": "url", "most": 2048},
    },
  },
  "RcsCarouselCard": {
    "fields": {
      "media": {"kind": "media", "formats": [], "most": 0},
      "thumbnail": {"kind": "media", "formats": [], "most": 0},
      "image_size": {"kind": "choice", "values": ["short", "medium", "tall"], "default": "medium"},
      "title": {"kind": "text", "most": 200, "unit": "utf16"},
      "text": {"kind": "text", "most": 2000, "unit": "utf16"},
      "buttons": {"kind": "list", "least": 0, "most": 4, "of": ["RcsReply", "RcsOpenUrl", "RcsDial", "RcsShowLocation", "RcsRequestLocation", "RcsCalendarEvent"]},
    },
  },
  "ViberButton": {
    "type": "open_url",
    "fields": {
      "id": {"kind": "key", "most": 200, "required": true},
      "text": {"kind": "text", "most": 30, "unit": "characters", "required": true},
      "url": {"kind": "url", "most": 2048, "required": true},
    },
  },
  "WhatsAppButton": {
    "type": "reply",
    "fields": {
      "id": {"kind": "key", "most": 200, "required": true},
      "text": {"kind": "text", "most": 20, "unit": "characters", "required": true},
      "postback": {"kind": "text", "most": 256, "unit": "characters"},
    },
  },
  "WhatsAppSection": {
    "fields": {
      "title": {"kind": "text", "most": 24, "unit": "characters"},
      "rows": {"kind": "list", "least": 1, "most": 10, "of": ["WhatsAppRow"], "required": true},
    },
  },
  "WebchatReply": {
    "type": "reply",
    "fields": {
      "id": {"kind": "key", "most": 200, "required": true},
      "text": {"kind": "text", "most": 60, "unit": "characters", "required": true},
      "postback": {"kind": "text", "most": 2048, "unit": "characters"},
    },
  },
  "WebchatOpenUrl": {
    "type": "open_url",
    "fields": {
      "id": {"kind": "key", "most": 200, "required": true},
      "text": {"kind": "text", "most": 60, "unit": "characters", "required": true},
      "url": {"kind": "url", "most": 2048, "required": true},
    },
  },
  "EmailTextBlock": {
    "type": "text",
    "fields": {
      "text": {"kind": "text", "most": 20000, "unit": "characters", "required": true},
      "align": {"kind": "choice", "values": ["left", "center", "right"], "default": "left"},
    },
  },
  "EmailImageBlock": {
    "type": "image",
    "fields": {
      "media": {"kind": "media", "formats": [], "most": 0, "required": true},
      "alt": {"kind": "text", "most": 255, "unit": "characters"},
      "url": {"kind": "url", "most": 2048},
    },
  },
  "EmailButtonBlock": {
    "type": "button",
    "fields": {
      "text": {"kind": "text", "most": 100, "unit": "characters", "required": true},
      "url": {"kind": "url", "most": 2048, "required": true},
      "align": {"kind": "choice", "values": ["left", "center", "right"], "default": "center"},
    },
  },
  "EmailSocialBlock": {
    "type": "social",
    "fields": {
      "links": {"kind": "list", "least": 1, "most": 10, "of": ["EmailSocialLink"], "required": true},
    },
  },
  "EmailDividerBlock": {
    "type": "divider",
    "fields": {
    },
  },
  "EmailSpacerBlock": {
    "type": "spacer",
    "fields": {
      "height": {"kind": "integer", "least": 1, "most": 200, "default": 16},
    },
  },
  "EmailWrapperBlock": {
    "type": "wrapper",
    "fields": {
      "blocks": {"kind": "list", "least": 1, "most": 100, "of": ["EmailTextBlock", "EmailImageBlock", "EmailButtonBlock", "EmailSocialBlock", "EmailDividerBlock", "EmailSpacerBlock", "EmailWrapperBlock", "EmailColumnsBlock"], "required": true},
    },
  },
  "EmailColumnsBlock": {
    "type": "columns",
    "fields": {
      "columns": {"kind": "list", "least": 1, "most": 4, "of": ["EmailColumn"], "required": true},
    },
  },
  "WhatsAppRow": {
    "type": "reply",
    "fields": {
      "id": {"kind": "key", "most": 200, "required": true},
      "text": {"kind": "text", "most": 24, "unit": "characters", "required": true},
      "description": {"kind": "text", "most": 72, "unit": "characters"},
      "postback": {"kind": "text", "most": 200, "unit": "characters"},
    },
  },
  "EmailSocialLink": {
    "fields": {
      "network": {"kind": "choice", "values": ["facebook", "instagram", "linkedin", "telegram", "tiktok", "viber", "website", "whatsapp", "x", "youtube"], "required": true},
      "url": {"kind": "url", "most": 2048, "required": true},
    },
  },
  "EmailColumn": {
    "fields": {
      "blocks": {"kind": "list", "least": 1, "most": 100, "of": ["EmailTextBlock", "EmailImageBlock", "EmailButtonBlock", "EmailSocialBlock", "EmailDividerBlock", "EmailSpacerBlock", "EmailWrapperBlock", "EmailColumnsBlock"], "required": true},
    },
  },
} as const satisfies Record<string, ObjectKind>;

/** Limits that hold for several fields together. */
export const LIMITS = {"whatsapp_list_rows": 10} as const;

/** How a text is cut into SMS parts. */
export const SMS = {
  "gsm7": {"single": 160, "part": 153},
  "ucs2": {"single": 70, "part": 67},
  "basic": "\n\r !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ",
  "extension": "\f[\\]^{|}~€",
} as const;
