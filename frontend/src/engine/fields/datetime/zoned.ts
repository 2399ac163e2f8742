/** Moments are stored in UTC and picked in the workspace's zone. */
import dayjs, { type Dayjs } from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";

dayjs.extend(utc);
dayjs.extend(timezone);

export const inZone = (value: string, zone: string): Dayjs => dayjs.utc(value).tz(zone);

/** What the picker shows is that zone's wall clock; read it back as such. */
export function fromPicker(picked: Dayjs, zone: string): string {
  return dayjs.tz(picked.format("YYYY-MM-DDTHH:mm:ss"), zone).utc().format("YYYY-MM-DDTHH:mm:ss[Z]");
}
