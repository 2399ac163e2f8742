export { OptionsRead as Read } from "../shared/OptionsRead";
