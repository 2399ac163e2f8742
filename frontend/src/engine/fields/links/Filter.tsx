export { LinkFilter as Filter } from "../shared/LinkFilter";
