import dayjs, { type Dayjs } from "dayjs";

/** "14:30" as a moment of some day, which is what the picker wants. */
export const timeOf = (value: string): Dayjs => dayjs(`2000-01-01T${value.slice(0, 5)}`);
