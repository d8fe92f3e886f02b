import AccountTree from "@mui/icons-material/AccountTree";
import Apartment from "@mui/icons-material/Apartment";
import Article from "@mui/icons-material/Article";
import Cable from "@mui/icons-material/Cable";
import Forum from "@mui/icons-material/Forum";
import Group from "@mui/icons-material/Group";
import History from "@mui/icons-material/History";
import Key from "@mui/icons-material/Key";
import PermMedia from "@mui/icons-material/PermMedia";
import Quickreply from "@mui/icons-material/Quickreply";
import Webhook from "@mui/icons-material/Webhook";
import VerifiedUser from "@mui/icons-material/VerifiedUser";
import type { ComponentType } from "react";
import { chatbotAhead } from "../chatbots/ahead";
import type { Dictionary } from "../i18n/en";
import { later } from "../later";

/** What a page of a section is given: what its address says after the section's own path, piece by piece. */
export interface SectionProps {
  rest: readonly string[];
}

export interface Section {
  /** The first piece of the address. */
  path: string;
  /** Whoever has it sees the section; left out: everybody who is signed in. */
  permission?: string;
  Page: ComponentType<SectionProps>;
  load: () => Promise<unknown>;
  /** Loads what else a place in the section needs, and asks for what it shows. */
  ahead?: (rest: readonly string[]) => Promise<unknown>;
  /** The section of the navigation that it belongs to; left out: to none, or it is there itself. */
  below?: string;
}

/** A section that the navigation leads to. */
export interface ListedSection extends Section {
  name: keyof Dictionary["sections"];
  group: keyof Dictionary["groups"];
  icon: ComponentType;
  permission: string;
}

/** The parts of the workspace; within their groups in the order of the navigation. A section more is a line here and a folder beside. */
export const SECTIONS: readonly ListedSection[] = [
  { path: "chatbots", name: "chatbots", group: "build", icon: AccountTree, permission: "chatbots.view", ...later(() => import("../chatbots/ChatbotsPage")), ahead: chatbotAhead },
  { path: "content-templates", name: "content_templates", group: "build", icon: Article, permission: "templates.view", ...later(() => import("../contentTemplates/ContentTemplatesPage")) },
  { path: "conversation-templates", name: "conversation_templates", group: "build", icon: Quickreply, permission: "templates.view", ...later(() => import("../conversationTemplates/ConversationTemplatesPage")) },
  { path: "whatsapp-templates", name: "whatsapp_templates", group: "build", icon: Forum, permission: "templates.view", ...later(() => import("../whatsappTemplates/TemplatesPage")) },
  { path: "senders", name: "senders", group: "connect", icon: Cable, permission: "senders.view", ...later(() => import("../senders/SendersPage")) },
  { path: "webhooks", name: "webhooks", group: "connect", icon: Webhook, permission: "webhooks.view", ...later(() => import("../webhooks/WebhooksPage")) },
  { path: "users", name: "users", group: "people", icon: Group, permission: "users.view", ...later(() => import("../users/UsersPage")) },
  { path: "roles", name: "roles", group: "people", icon: VerifiedUser, permission: "users.view", ...later(() => import("../roles/RolesPage")) },
  { path: "departments", name: "departments", group: "people", icon: Apartment, permission: "users.view", ...later(() => import("../departments/DepartmentsPage")) },
  { path: "media", name: "media", group: "build", icon: PermMedia, permission: "media.view", ...later(() => import("../media/MediaPage")) },
  { path: "api-keys", name: "keys", group: "people", icon: Key, permission: "keys.view", ...later(() => import("../keys/KeysPage")) },
  { path: "audit", name: "audit", group: "people", icon: History, permission: "audit.view", ...later(() => import("../audit/AuditPage")) },
];

/** The parts that are reached from elsewhere, such as from the menu of the account. */
const UNLISTED: readonly Section[] = [
  { path: "account", ...later(() => import("../account/AccountPage")) },
  { path: "sender-ids", below: "senders", permission: "senders.view", ...later(() => import("../registrations/RegistrationsPage")) },
  { path: "threads", permission: "threads.view", ...later(() => import("../threads/ThreadPage")) },
];

export interface Found {
  section: Section;
  rest: readonly string[];
}

/** The section of a path such as `/senders/42`, and what follows; null for none. */
export function sectionOf(path: string): Found | null {
  const [first, ...rest] = path.split("/").filter(Boolean).map(decoded);
  const section = [...SECTIONS, ...UNLISTED].find((one) => one.path === first);
  return section ? { section, rest } : null;
}

function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

/** The address of a place in a section. */
export const pathTo = (section: string, ...rest: string[]) => `/${[section, ...rest].map(encodeURIComponent).join("/")}`;
