const { RedisStore } = require('connect-redis');
const express = require('express');
const session = require('express-session');
const pino = require('pino');
const { createClient } = require('redis');

const log = pino();
const app = express();
const cache = createClient({
  password: process.env.CACHE_AUTH_TOKEN,
  socket: { host: process.env.CACHE_HOST, tls: true },
});

cache.on('error', (error) => log.error(error, 'cache connection'));

app.set('trust proxy', 1);
app.set('view engine', 'ejs');
app.use(express.static('public'));
app.get('/healthz', (request, response) => response.send('ok'));
app.use(session({
  store: new RedisStore({ client: cache }),
  secret: process.env.SESSION_SECRET,
  resave: false,
  saveUninitialized: false,
}));

app.get('/', async (request, response) => {
  const products = await (await fetch(`${process.env.API_URL}/products`)).json();
  response.render('home', {
    products,
    basket: request.session.basket || [],
    apiUrl: process.env.PUBLIC_API_URL,
  });
});

app.post('/basket/:sku', (request, response) => {
  request.session.basket = [...(request.session.basket || []), request.params.sku];
  response.redirect('/');
});

async function main() {
  await cache.connect();
  const server = app.listen(3000, () => log.info('storefront listening on 3000'));
  process.on('SIGTERM', () => server.close(() => cache.close().then(() => process.exit(0))));
}

main();
