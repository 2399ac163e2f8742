export { NumberFilter as Filter } from "../shared/NumberFilter";
