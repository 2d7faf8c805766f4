// Acta: it is signed with a certificate or with another program, and a paper that somebody brings is known for what it is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ACTA, HELD, houseWithApprovedMinutes, MINUTES } from './approved-minutes.mjs';
import { drop } from './preparation.mjs';
import * as session from './session.mjs';

const house = await houseWithApprovedMinutes();
const { page, press, enter, asked } = house;
await house.call('adopt_minutes', { minutes_id: MINUTES, approved_in_session_id: session.SESSION });

const PASSPHRASE = 'clave de prueba';
const certificate = (name) => ({
  name: `${name}.p12`,
  mimeType: 'application/x-pkcs12',
  buffer: readFileSync(new URL(`../certificates/${name}.p12`, import.meta.url)),
});
const view = () => house.call('get_minutes_view', { session_id: HELD });
const until = (holds) => house.until(async () => holds(await view()), String(holds));
const dialog = () => page.locator('.dialog');
const side = page.locator('aside');
const gone = () => page.waitForFunction(() => !document.querySelector('.dialog'));
const signedFiles = () => house.call('list_documents', { session_id: HELD, kind: 'signed_minutes' });
const bytesOf = async ({ blob_id, file }) =>
  Buffer.from((await house.call('get_file', { blob_id, name: file })).base64, 'base64');
const pdf = (name, buffer) => ({ name, mimeType: 'application/pdf', buffer });
async function choose(file) {
  await dialog().locator('input[type="file"]').setInputFiles(file);
  await dialog().getByText(`Elegido: ${file.name}`).waitFor();
}

test('the secretary signs with a certificate: what is wrong is told at its field', async () => {
  await session.at(house, session.oclock('09:40'));
  await house.go(ACTA);
  await enter(/Registrar firma ?: Pilar/);
  await asked('Firma de la secretaría técnica');
  await press('ArrowDown');
  await dialog().getByText('La llave y la contraseña no se guardan.').waitFor();
  await dialog().getByText('Es una firma electrónica: la vigencia del certificado no se consulta.').waitFor();
  await press('Control+Enter');
  await dialog().getByText('Elija el archivo .p12 o .pfx del certificado.').waitFor();
  await page.waitForFunction(() => document.activeElement.textContent.includes('Elegir archivo'));
  await choose(certificate('vencido'));
  await press('Control+Enter');
  await dialog().getByText('Escriba la contraseña del certificado.').waitFor();
  await house.inField('Contraseña del certificado');
  await page.keyboard.type(PASSPHRASE);
  await press('Control+Enter');
  await dialog().getByText('El certificado venció el').waitFor();
  assert.equal(await dialog().getByRole('alert').count(), 0, 'it is told at its field alone');
  await choose(certificate('secretaria-p256'));
  await dialog().getByLabel('Contraseña del certificado').fill('otra clave');
  await press('Control+Enter');
  await dialog().getByText('El certificado no se abrió').waitFor();
  await house.inField('Contraseña del certificado');
  assert.deepEqual(await house.inBothThemes('firma-certificado'), []);
  await press('Control+a');
  await page.keyboard.type(PASSPHRASE);
  await press('Control+Enter');
  await until((one) => one.minutes.signatures.some((signature) => signature.electronic));
  await gone();
  await side.getByText('Con certificado de PILAR AMPARO', { exact: false }).waitFor();
  await side.getByText('emitido por Autoridad de prueba').waitFor();
  assert.equal((await signedFiles()).length, 1);
});

test('somebody else’s certificate asks whether they are the same person', async () => {
  await session.at(house, session.oclock('09:45'));
  await enter(/Registrar firma ?: Ana Eugenia/);
  await asked('Firma de la presidencia');
  await press('ArrowDown');
  await choose(certificate('otra-persona'));
  await dialog().getByLabel('Contraseña del certificado').fill(PASSPHRASE);
  await press('Control+Enter');
  await dialog().getByText('El certificado está a nombre de «GASPAR OLARTE»').waitFor();
  await page.waitForFunction(() => document.activeElement.textContent.startsWith('No: usar otro'));
  assert.deepEqual(await house.inBothThemes('firma-otra-persona'), []);
  await press('Enter');
  // Nothing of the certificate stays, and another is asked for.
  await page.waitForFunction(() => document.activeElement.textContent.includes('Elegir archivo'));
  assert.equal(await dialog().getByLabel('Contraseña del certificado').inputValue(), '');
  await choose(certificate('otra-persona'));
  await dialog().getByLabel('Contraseña del certificado').fill(PASSPHRASE);
  // A time-stamp service that nobody answers at: it is signed without, once that is said.
  await dialog().getByLabel('Servicio de estampa de tiempo').fill('http://127.0.0.1:9/estampa');
  await press('Control+Enter');
  await enter('Sí, es la misma persona');
  await dialog().getByText('no hay conexión con esa dirección. Nada se firmó.').waitFor();
  await page.waitForFunction(() => document.activeElement.textContent.trim() === 'Volver');
  assert.deepEqual(await house.inBothThemes('firma-sin-estampa'), []);
  await press('Enter');
  await dialog().getByLabel('Contraseña del certificado').waitFor();
  await press('Control+Enter');
  await enter('Firmar sin estampa');
  await until((one) => one.minutes.status === 'signed');
  await gone();
  await side.getByText('Con certificado de GASPAR OLARTE').waitFor();
  assert.deepEqual(await house.inBothThemes('firmas-con-certificado'), []);
  await page
    .getByRole('button', { name: /^Abrir en el visor: acta-\d+-2025-firmada\.pdf/ })
    .first()
    .focus();
  await press('Enter');
  await house.handled('-2025-firmada.pdf');
});

test('a PDF signed elsewhere is filed as it came, and what its signatures say is told', async () => {
  await session.at(house, session.oclock('09:50'));
  await enter('Archivar el acta firmada…');
  await asked('Archivar el acta firmada');
  await press('Control+Enter');
  await dialog().getByText('Elija el PDF o las fotografías.').waitFor();
  const signed = await bytesOf((await signedFiles()).at(-1));
  await choose(pdf('acta firmada.pdf', signed));
  await dialog()
    .getByText(/Firma electrónica de PILAR AMPARO/)
    .waitFor();
  await press('Control+Enter');
  await dialog().getByText('Ese mismo archivo ya está en el expediente.').waitFor();
  // The scan of the paper carries no signature.
  const { versions } = await view();
  const scanned = await bytesOf(versions.find((one) => one.kind === 'minutes'));
  await choose(pdf('escaneo.pdf', Buffer.concat([scanned, Buffer.from('\n% escaneo\n')])));
  await dialog().getByText('No trae firmas electrónicas.').waitFor();
  assert.deepEqual(await house.inBothThemes('firma-archivar'), []);
  await press('Control+Enter');
  await dialog()
    .getByText(/^Archivado como acta-\d+-2025-firmada\.pdf\.$/)
    .waitFor();
  assert.deepEqual(await house.violations(), []);
  await press('Enter');
  await gone();
  assert.equal((await signedFiles()).length, 3);
});

test('the list of minutes and Ctrl K lead to where a paper is verified', async () => {
  await house.go('/actas');
  await page.getByRole('link', { name: 'Verificar un documento' }).focus();
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Verificar un documento' }).waitFor();
  await page.getByText('Nada de lo que se verifica se guarda.').waitFor();
  assert.deepEqual(await house.inBothThemes('verificar-vacio'), []);
  await house.go('/');
  await house.command('Verificar un documento');
  await page.getByRole('heading', { level: 1, name: 'Verificar un documento' }).waitFor();
});

test('the signed PDF is the archive’s and an altered one is not; several are told one after another', async () => {
  const before = (await house.call('list_documents', {})).length;
  const signed = await bytesOf((await signedFiles())[1]);
  const altered = Buffer.from(signed);
  altered[Math.floor(altered.length / 4)] ^= 1;
  await drop(page, page.locator('main .zone'), [
    pdf('firmada.pdf', signed),
    pdf('alterada.pdf', altered),
    pdf('ajena.pdf', Buffer.from('%PDF-1.7\n%%EOF\n')),
  ]);
  const paper = (name) => page.getByRole('article', { name });
  await paper('ajena.pdf').getByText('No es de este archivo').waitFor();
  await paper('firmada.pdf').getByText('Es del archivo', { exact: true }).waitFor();
  await paper('firmada.pdf')
    .getByText(/Firma electrónica de GASPAR OLARTE.*lo firmado no ha cambiado/)
    .waitFor();
  await paper('alterada.pdf').getByText('Fue alterado', { exact: true }).waitFor();
  assert.equal(
    await paper('alterada.pdf')
      .getByText(/lo firmado fue alterado/)
      .count(),
    2,
  );
  const groups = (await paper('firmada.pdf').locator('code').innerText()).trim().split(/\s+/);
  assert.deepEqual([groups.length, new Set(groups.map((one) => one.length))], [16, new Set([4])]);
  assert.deepEqual(await house.inBothThemes('verificar'), []);
  // Nothing is kept, and the paper is not taken for mail.
  assert.equal((await house.call('list_documents', {})).length, before);
  assert.equal(await dialog().count(), 0);
  await paper('firmada.pdf')
    .getByRole('link', { name: /^Acta n\.º \d de 2025 firmada$/ })
    .focus();
  await press('Enter');
  await side.getByText('Con certificado de GASPAR OLARTE').waitFor();
});

test('in English, at the smallest window', async () => {
  await house.prefer({ language: 'en' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/actas/verificar');
  const signed = await bytesOf((await signedFiles())[0]);
  await drop(page, page.getByText('Nothing that is verified is kept.'), [pdf('signed.pdf', signed)]);
  await page.getByText('It is the archive’s', { exact: true }).waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('verificar-en'), []);
  assert.deepEqual(house.complaints, []);
});
