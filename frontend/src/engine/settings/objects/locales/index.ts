import { defineMessages } from "@/i18n/messages";
import { en } from "./en";
import { zh } from "./zh-CN";

export const objectsMessages = defineMessages("objects", zh, en);
export const useT = objectsMessages.useT;
