export { OptionFilter as Filter } from "../shared/OptionFilter";
