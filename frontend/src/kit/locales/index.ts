import { defineMessages } from "@/i18n/messages";
import { en } from "./en";
import { zh } from "./zh-CN";

/** Words any page may use. */
export const kitMessages = defineMessages("kit", zh, en);
