// Looks at places of the window with the demonstration open: node tests/screens/look.mjs /sesiones /historial …
//   --size=1366x768,1024x640  --language=es,en  --text=normal,larger   each combination; the first ones when not said
// Prints what axe finds, what does not fit and what the pages complain about; pictures go to target/screens.
import { openHouse } from './house.mjs';

const given = process.argv.slice(2);
const places = given.filter((one) => !one.startsWith('--'));
const option = (name, usual) =>
  (given.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3) ?? usual).split(',');

/** What does not fit: cut lines, areas that scroll sideways, one scroll inside another, what stands outside the window. */
const unfit = () => {
  const found = [];
  const say = (what, element) =>
    found.push(
      `${what}: <${element.localName}${element.className ? ` class="${element.getAttribute('class')}"` : ''}> ${element.innerText?.slice(0, 70).replaceAll('\n', ' ') ?? ''}`,
    );
  const out = (box) => box.right > innerWidth + 1 || box.left < -1;
  const scrolls = (element, style) =>
    ['auto', 'scroll'].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width < 3 || box.height < 3 || style.visibility === 'hidden') continue; // what only a screen reader is told
    const wide = element.scrollWidth > element.clientWidth + 1;
    if (wide && style.textOverflow === 'ellipsis') say('cut', element);
    else if (wide && ['auto', 'scroll'].includes(style.overflowX)) say('scrolls sideways', element);
    if (out(box) && !out(element.parentElement.getBoundingClientRect())) say('outside', element);
    if (scrolls(element, style))
      for (let above = element.parentElement; above; above = above.parentElement)
        if (scrolls(above, getComputedStyle(above))) say('scroll in a scroll', element);
  }
  return found;
};

const house = await openHouse();
for (const size of option('size', '1366x768')) {
  const [width, height] = size.split('x').map(Number);
  await house.page.setViewportSize({ width, height });
  for (const language of option('language', 'es'))
    for (const text of option('text', 'normal')) {
      await house.prefer({ language, text });
      await house.restart();
      for (const place of places) {
        await house.go(place);
        const name = place.replaceAll(/[^a-z0-9]+/gi, '_').replace(/^_/, '') || 'inicio';
        const found = await house.inBothThemes(`${name}-${width}-${language}-${text}`);
        found.push(...(await house.page.evaluate(unfit)));
        console.log(
          `${place} ${size} ${language} ${text}: ${found.length ? `\n  ${[...new Set(found)].join('\n  ')}` : 'nothing'}`,
        );
      }
    }
}
console.log(house.complaints.length ? house.complaints.join('\n') : 'no complaints');
await house.close();
