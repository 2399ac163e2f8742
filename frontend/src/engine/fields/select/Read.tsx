export { OptionRead as Read } from "../shared/OptionRead";
