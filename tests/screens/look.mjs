// Looks at places of the window with the demonstration open: node tests/screens/look.mjs /sesiones /historial …
// Prints what axe finds and what the pages complain about; pictures go to target/screens.
import { openHouse } from './house.mjs';

const house = await openHouse();
for (const place of process.argv.slice(2)) {
  await house.go(place);
  const found = await house.inBothThemes(place.replaceAll(/[^a-z0-9]+/gi, '_').replace(/^_/, '') || 'inicio');
  console.log(`${place}: ${found.length ? found.join('\n') : 'no violations'}`);
}
console.log(house.complaints.length ? house.complaints.join('\n') : 'no complaints');
await house.close();
