export { StandInsModule } from './stand-ins.module.js';
