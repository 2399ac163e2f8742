/**
 * A label inside an English sentence: "New customer", "Showing all sales orders".
 * Words with a second capital or a digit (CRM, iPhone, Q3) are names and stay as they are. Chinese has no case.
 */
export function midSentence(text: string): string {
  return text.replace(/[\p{L}\p{N}’'-]+/gu, (word) => (/\p{N}|.\p{Lu}/u.test(word) ? word : word.toLowerCase()));
}
