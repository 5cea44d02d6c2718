const axios = require('axios');
const express = require('express');
const session = require('express-session');
const FileStore = require('session-file-store')(session);

const app = express();

app.set('view engine', 'ejs');
app.use(express.static('public'));
app.use(session({
  store: new FileStore({ path: process.env.SESSION_DIR }),
  secret: process.env.SESSION_SECRET,
  resave: false,
  saveUninitialized: false,
}));

app.get('/', async (request, response) => {
  const { data } = await axios.get(`${process.env.API_URL}/products`);
  response.render('home', {
    products: data,
    basket: request.session.basket || [],
    apiUrl: process.env.PUBLIC_API_URL,
  });
});

app.post('/basket/:sku', (request, response) => {
  request.session.basket = [...(request.session.basket || []), request.params.sku];
  response.redirect('/');
});

app.listen(3000, () => console.log('storefront listening on 3000'));
