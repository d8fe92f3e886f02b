import type { TFunction } from "i18next";
import { en } from "../i18n/en";

const isKnown = (reason: string): reason is keyof typeof en.thread_reason => Object.hasOwn(en.thread_reason, reason);

/** Why a thread is as it is, in words; a reason that scenarios give themselves as it is. */
export const reasonWords = (reason: string, t: TFunction) => (isKnown(reason) ? t(`thread_reason.${reason}`) : reason);
