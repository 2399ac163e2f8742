export { PresenceFilter as Filter } from "../shared/PresenceFilter";
