import type { TFunction } from "i18next";
import { en } from "../i18n/en";

const isKnown = (adapter: string): adapter is keyof typeof en.adapters => adapter in en.adapters;
const hasIdentity = (adapter: string): adapter is keyof typeof en.identities => adapter in en.identities;
const hasWebhook = (adapter: string): adapter is keyof typeof en.vendor_webhooks => adapter in en.vendor_webhooks;

/** What a way to carry messages is for, in a sentence. */
export const aboutAdapter = (adapter: string, t: TFunction) => (isKnown(adapter) ? t(`adapters.${adapter}`) : "");

/** What the identity is at this vendor. */
export const aboutIdentity = (adapter: string, t: TFunction) => (hasIdentity(adapter) ? t(`identities.${adapter}`) : t("senders.identity_help"));

/** What to do with the webhook's address at the vendor; null where nobody is to be given it. */
export const aboutWebhook = (adapter: string, t: TFunction) => (hasWebhook(adapter) ? t(`vendor_webhooks.${adapter}`) : null);
