import { sectionsMessages } from "./locales/sections";

/** Names of the sections alone: the command palette needs them without the settings' other words. */
export const useSettingsText = sectionsMessages.useT;
