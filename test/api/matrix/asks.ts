/** How every route is asked. */
import { access, type Route } from '../../../api/access.ts';
import { asksOfCases } from './ask-cases.ts';
import { asksOfRegisters } from './ask-registers.ts';
import { asksOfCustomers, asksOfPeople, asksOfProcedures } from './ask-rest.ts';
import { askForFile, type Ask } from './ask.ts';

const said = { ...asksOfCases, ...asksOfRegisters, ...asksOfCustomers, ...asksOfProcedures, ...asksOfPeople };

export const asks = Object.fromEntries(
  (Object.keys(access) as Route[]).map((route) => {
    const list = route.replace(/\/export$/, '') as Exclude<Route, `${string}/export`>;
    return [route, said[route] ?? askForFile(said[list])];
  }),
) as Readonly<Record<Route, Ask>>;
