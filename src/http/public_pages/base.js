// What the public pages have in common: words, the arrows, the compass, the location.
const $ = (id) => document.getElementById(id);
const says = JSON.parse(document.body.dataset.says);
const said = says.near;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const meters = (m) =>
  m < 999.5 ? fill(said.m, { n: Math.round(m) }) : fill(said.km, { n: (m / 1000).toFixed(1) });
const tell = (id, text) => {
  if ($(id).textContent !== text) $(id).textContent = text;
};
const show = (id, type, act) => {
  if (!$(id)) return;
  $(id).hidden = false;
  $(id).addEventListener(type, act);
};
const later = (seconds, act) => setTimeout(act, seconds * 1000);

// From where the rows are seen, if the phone has said so; and which way it points.
let here = null;
let heading = null;
const draw = () => {
  for (const row of document.querySelectorAll('[data-at]')) {
    const [lon, lat] = row.dataset.at.split(',').map(Number);
    let bearing = +row.dataset.bearing;
    const from = row.querySelector('.from');
    const far = row.querySelector('.far');
    if (here) {
      const degree_m = 111195;
      const east = (lon - here.longitude) * degree_m * Math.cos((lat * Math.PI) / 180);
      const north = (lat - here.latitude) * degree_m;
      bearing = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
      if (from) {
        row.dataset.walk ??= far.textContent;
        from.textContent = fill(said.from, row.dataset);
        far.textContent = fill(said.straight, { m: meters(Math.hypot(east, north)) });
      }
    } else if (row.dataset.walk) far.textContent = row.dataset.walk;
    if (from) from.hidden = !here;
    row.querySelector('.point').textContent = said.points[Math.round(bearing / 45) % 8];
    row.querySelector('g').setAttribute('transform', `rotate(${bearing} 24 24)`);
    row.querySelector('svg').style.transform = heading === null ? '' : `rotate(${-heading}deg)`;
  }
};

// Only a heading from the north will do: on phones that say nothing else, a plain one counts from anywhere.
const turn = (event) => {
  let degrees = event.webkitCompassHeading;
  const off = event.webkitCompassAccuracy;
  if (degrees === undefined && event.type === 'deviceorientationabsolute') {
    if (event.alpha !== null) degrees = 360 - event.alpha;
  }
  if (degrees === undefined || off < 0) return;
  heading = degrees + (screen.orientation?.angle ?? window.orientation ?? 0);
  const doubt = off === undefined ? said.unsure : off > 20 ? fill(said.rough, { n: Math.round(off) }) : '';
  tell('compass', said.turn + doubt);
  draw();
};
const noCompass = () => heading === null && tell('compass', said.north);
const point = () => {
  const listen = () => {
    addEventListener('deviceorientation', turn);
    addEventListener('deviceorientationabsolute', turn);
    later(3, noCompass);
  };
  const kind = window.DeviceOrientationEvent;
  if (!kind?.requestPermission) return listen();
  kind.requestPermission().then((answer) => (answer === 'granted' ? listen() : noCompass()), noCompass);
};
const locate = (isGoodEnough, found) => {
  let isAnswered = false;
  const lost = (fault) => {
    isAnswered = true;
    here = null;
    tell('place', fault?.code === 1 ? said.refused : said.unplaced);
    draw();
  };
  const placed = ({ coords }) => {
    isAnswered = true;
    here = isGoodEnough(coords) ? coords : null;
    tell('place', fill(coords.accuracy > 50 ? said.poor : said.placed, { m: meters(coords.accuracy) }));
    found?.();
    draw();
  };
  if (!navigator.geolocation) return lost();
  tell('place', said.locating);
  later(8, () => isAnswered || lost());
  navigator.geolocation.watchPosition(placed, lost, { enableHighAccuracy: true, timeout: 8000 });
};
