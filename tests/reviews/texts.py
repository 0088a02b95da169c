"""Texts of many shapes, all written for these tests, with what a careful reader gets out of each."""

from typing import Any

# fmt: off
TEXTS: dict[str, tuple[str, dict[str, Any]]] = {
    'stars above and below': (
        "Heat (1995)\n"
        "\n"
        "Michael Mann takes a cops and robbers story and gives it the weight of a tragedy. Al Pacino "
        "shouts, Robert De Niro whispers, and Los Angeles glitters behind both of them like something "
        "neither can afford.\n"
        "\n"
        "The diner scene is two men drinking coffee. It is also the best thing either has done in years. "
        "I could watch it on a loop.\n"
        "\n"
        "★★★★½\n"
        ,
        {
            'kind': 'review',
            'film': 'heat-1995',
            'half_stars': 9,
            'title': 'Heat (1995)',
            'people': ['Michael Mann', 'Al Pacino', 'Robert De Niro'],
        },
    ),
    'no capitals': (
        "just got back from parasite and wow. bong joon-ho really did that. song kang-ho is "
        "heartbreaking in it. the basement scene made me gasp out loud. easily a 9/10 for me, go see it "
        "with people you trust\n"
        ,
        {'kind': 'review', 'film': 'parasite-2019', 'half_stars': 9},
    ),
    'markdown essay': (
        "# Rain, Neon and the Price of Memory\n"
        "\n"
        "*Blade Runner 2049* opens on an eye, as its predecessor did, and then refuses to blink.\n"
        "\n"
        "## The colour of absence\n"
        "\n"
        "Roger Deakins lights Los Angeles as though the sun were a rumour. In \"Blade Runner\" the city "
        "was crowded; here it is empty, and the emptiness is the theme. Denis Villeneuve uses scale as a "
        "form of loneliness, and the audience is asked to sit inside it.\n"
        "\n"
        "## What a replicant wants\n"
        "\n"
        "Ryan Gosling plays K with the stillness of a man listening for a sound that never comes. The "
        "narrative turns on a wooden horse. Cinema has rarely made so much of so small an object.\n"
        "\n"
        "## The father in the desert\n"
        "\n"
        "Harrison Ford returns as Deckard, and the film explores what it means to inherit a myth rather "
        "than a memory. The sequence in the casino, with its stuttering holograms, represents the genre "
        "talking to its own past.\n"
        ,
        {
            'kind': 'essay',
            'film': 'blade-runner-2049-2017',
            'half_stars': None,
            'title': 'Rain, Neon and the Price of Memory',
            'headings': ['The colour of absence', 'What a replicant wants', 'The father in the desert'],
            'films': ['blade-runner-1982'],
            'credits': [('Ryan Gosling', 'actor', 'K'), ('Harrison Ford', 'actor', 'Deckard')],
        },
    ),
    'dateline': (
        "Paddington 2 leaves BBC iPlayer at the end of the month\n"
        "\n"
        "LONDON, 3 March 2025 — The BBC has confirmed that Paddington 2 will leave iPlayer on 31 March. "
        "The family comedy, directed by Paul King and starring Ben Whishaw, Hugh Grant and Sally "
        "Hawkins, has been on the platform since Christmas.\n"
        "\n"
        "Subscribers to Netflix will have to wait: no date has been announced for its return.\n"
        ,
        {
            'kind': 'news',
            'film': 'paddington-2-2017',
            'title': 'Paddington 2 leaves BBC iPlayer at the end of the month',
            'leaving': [('paddington-2-2017', 'BBC iPlayer', '2025-03-31')],
            'credits': [
                ('Paul King', 'director', ''),
                ('Ben Whishaw', 'actor', ''),
                ('Hugh Grant', 'actor', ''),
                ('Sally Hawkins', 'actor', ''),
            ],
        },
    ),
    'one common word': (
        "Drive is a film that knows what silence is for. Ryan Gosling barely speaks and you can hear "
        "every word. Nicolas Winding Refn shoots Los Angeles like an aquarium, and Carey Mulligan does "
        "more with a lift door than most actors do with a monologue. The violence arrives like a slap. I "
        "left the cinema wanting a jacket I could never wear. 4.5/5\n"
        ,
        {'kind': 'review', 'film': 'drive-2011', 'half_stars': 9},
    ),
    'no film named': (
        "It's a long film. It knows it. You will know it too by the time the third act arrives and "
        "nobody on screen has explained why the lighthouse keeper is so cross. I liked the sea.\n"
        "\n"
        "Two stars.\n"
        ,
        {'kind': 'review', 'film': None, 'outcome': 'none', 'half_stars': 4},
    ),
    'film of another year': (
        "“The Glass Meridian” (2031) review\n"
        "\n"
        "Nobody will have heard of “The Glass Meridian”, which is a pity. Like The Godfather, it takes "
        "its time; like Alien, it hides its monster. Director Ilse Varga makes a corridor look like a "
        "continent.\n"
        "\n"
        "8/10\n"
        ,
        {
            'kind': 'review',
            'film': None,
            'outcome': 'unknown',
            'half_stars': 8,
            'films': ['alien-1979', 'the-godfather-1972'],
        },
    ),
    'namesakes': (
        "Crash\n"
        "\n"
        "I don't know what to make of it. People are angry in cars, and then they are sad in cars. "
        "Everyone gets a speech.\n"
        "\n"
        "2/5\n"
        ,
        {'kind': 'review', 'film': None, 'outcome': 'ambiguous', 'half_stars': 4, 'title': 'Crash'},
    ),
    'namesake by its people': (
        "Crash\n"
        "\n"
        "James Spader and Holly Hunter are very good at being very cold in David Cronenberg's Crash. I "
        "admired every minute and enjoyed about nine of them. 3.5/5\n"
        ,
        {'kind': 'review', 'film': 'crash-1996', 'half_stars': 7},
    ),
    'shouted headings': (
        "TITANIC\n"
        "by a tired usher\n"
        "\n"
        "THE SHIP\n"
        "It is very big and then it isn't. James Cameron spends an hour making sure you know where every "
        "staircase is, and the second half uses all of them.\n"
        "\n"
        "THE LOVERS\n"
        "Leonardo DiCaprio (Jack) and Kate Winslet (Rose) are so young that it hurts. I cried at the "
        "same place I cried in 1997, and at one new one.\n"
        "\n"
        "THE VERDICT\n"
        "Grade: A-\n"
        ,
        {
            'kind': 'review',
            'film': 'titanic-1997',
            'half_stars': 9,
            'title': 'TITANIC',
            'headings': ['THE SHIP', 'THE LOVERS', 'THE VERDICT'],
        },
    ),
    'prizes and slashes': (
        "Whiplash was nominated for five Academy Awards and won three in 2015, including Best Supporting "
        "Actor for J.K. Simmons. Now Damien Chazelle's drama is to leave Prime Video in the UK on "
        "14/02/2025, so you have a few days left. Miles Teller stars as Andrew, a drummer at a "
        "conservatory who wants to be great.\n"
        ,
        {
            'kind': 'news',
            'film': 'whiplash-2014',
            'leaving': [('whiplash-2014', 'Prime Video', '2025-02-14')],
            'awards': [('Academy Awards', 'Best Supporting Actor', 'won', 2015)],
            'credits': [('Miles Teller', 'actor', 'Andrew')],
        },
    ),
    'others rate it too': (
        "I have seen The Shining maybe thirty times. My wife gives it 3/5 and says the book is better; "
        "IMDb has it at 8.4/10. For me it's ten out of ten, and Shelley Duvall is the reason. Jack "
        "Nicholson gets the posters, Duvall gets the film.\n"
        ,
        {'kind': 'review', 'film': 'the-shining-1980', 'half_stars': 10, 'scores': []},
    ),
    'three films rated': (
        "Star Wars marathon, part three: The Empire Strikes Back\n"
        "\n"
        "Still the best one. The original is a 4/5, Return of the Jedi is a 3/5, but The Empire Strikes "
        "Back is a full five stars from me. Mark Hamill is allowed to be frightened, Harrison Ford is "
        "allowed to be funny, and the ending has the nerve to be a Tuesday.\n"
        ,
        {
            'kind': 'review',
            'film': 'the-empire-strikes-back-1980',
            'half_stars': 10,
            'films': ['return-of-the-jedi-1983'],
        },
    ),
    'german': (
        "Fünf Minuten nach Beginn von „Das Boot“ vergisst man zu atmen. Wolfgang Petersen drängt uns in "
        "eine Röhre aus Stahl, und Jürgen Prochnow sieht aus, als hätte er seit Wochen nicht geschlafen. "
        "Ich habe den Film dreimal gesehen und jedes Mal danach das Fenster geöffnet.\n"
        "\n"
        "4,5 von 5 Sternen\n"
        ,
        {
            'kind': 'review',
            'film': 'das-boot-1981',
            'half_stars': 9,
            'people': ['Wolfgang Petersen', 'Jürgen Prochnow'],
        },
    ),
    'front matter': (
        "---\n"
        "kind: review\n"
        "film: Her (2013)\n"
        "rating: 4\n"
        "member: ana\n"
        "date: 2024-02-10\n"
        "tags: [love, computers]\n"
        "spoilers: no\n"
        "---\n"
        "A man falls in love with a voice. It should be silly, and for a minute it is.\n"
        ,
        {'kind': 'review', 'film': 'her-2013', 'half_stars': 8, 'member': 'ana'},
    ),
    'essay on several films': (
        "Why Car Chases Stopped Working\n"
        "\n"
        "Action cinema once believed in the street. Bullitt, The French Connection and Ronin each took a "
        "real city and drove through it until something broke.\n"
        "\n"
        "Then came the computer. A chase in a modern blockbuster is a drawing of a chase, and audiences "
        "can tell, even when they cannot say how.\n"
        "\n"
        "What was lost\n"
        "\n"
        "Weight, mostly. A car is two tonnes of consequence. In Bullitt you can feel the suspension "
        "bottom out, and the feeling is the story.\n"
        "\n"
        "What came back\n"
        "\n"
        "Baby Driver and Mad Max: Fury Road, in their different ways, put the weight back. One did it "
        "with rhythm and one with sand.\n"
        ,
        {'kind': 'essay', 'film': None, 'outcome': 'none', 'headings': ['What was lost', 'What came back']},
    ),
    'asterisks': (
        "Get Out (dir. Jordan Peele, 2017)\n"
        "\n"
        "Rating: ****½\n"
        "\n"
        "Daniel Kaluuya's eyes do half the work. The other half is done by a teaspoon. Peele understands "
        "that politeness can be the scariest thing in a house, and he never lets anybody raise their "
        "voice until it is too late. Allison Williams is superb. Watch it twice; the second time it is a "
        "different, crueller and funnier film.\n"
        ,
        {
            'kind': 'review',
            'film': 'get-out-2017',
            'half_stars': 9,
            'credits': [('Jordan Peele', 'director', '')],
        },
    ),
    'three films leave': (
        "MUBI loses three this weekend: In the Mood for Love, Beau Travail and Close-Up all leave the "
        "service on Sunday, 2 June 2024.\n"
        ,
        {
            'kind': 'news',
            'film': None,
            'leaving': [
                ('in-the-mood-for-love-2000', 'MUBI', '2024-06-02'),
                ('beau-travail-1999', 'MUBI', '2024-06-02'),
                ('close-up-1990', 'MUBI', '2024-06-02'),
            ],
        },
    ),
    'misspelt title': (
        "Inglorious Basterds is Quentin Tarantino having the time of his life. Christoph Waltz walks in, "
        "asks for a glass of milk and walks off with the picture. Brad Pitt chews an accent. Long, "
        "talky, wicked, and I loved nearly all of it. 4 stars.\n"
        ,
        {'kind': 'review', 'film': 'inglourious-basterds-2009', 'half_stars': 8},
    ),
    'expectation': (
        "I expected a 5/5 after all the hype, and Everything Everywhere All at Once isn't a 5/5. It's "
        "too long, it never sits down. But Michelle Yeoh is magnificent and Ke Huy Quan broke my heart "
        "with a single line about laundry and taxes. Solid 4/5.\n"
        ,
        {'kind': 'review', 'film': 'everything-everywhere-all-at-once-2022', 'half_stars': 8},
    ),
    'not leaving': (
        "Netflix to drop The Irishman? No. The streamer said on Tuesday that Martin Scorsese's The "
        "Irishman is not leaving the service, after a list circulated online claiming that the film "
        "would be removed on 1 May 2025.\n"
        ,
        {'kind': 'news', 'film': 'the-irishman-2019', 'leaving': []},
    ),
    'quoted title': (
        "\"Alien\" is a haunted house film, and the house is a ship. Sigourney Weaver arrives as an "
        "officer among officers and leaves as something cinema had not seen before. I first saw it at "
        "eleven, through my fingers. Ridley Scott holds his monster back for so long that you start to "
        "suspect the corridors.\n"
        "\n"
        "⭐⭐⭐⭐⭐\n"
        ,
        {'kind': 'review', 'film': 'alien-1979', 'half_stars': 10},
    ),
    'people rated': (
        "Casablanca. What is there left to say? Bogart, Bergman, that song, that airport. I laughed more "
        "than I remembered. Humphrey Bogart is 5/5, Ingrid Bergman is 5/5, Claude Rains is 6/5. The film "
        "is somehow better than all of them.\n"
        ,
        {'kind': 'review', 'film': 'casablanca-1942', 'half_stars': None},
    ),
    'empty stars': (
        "The Room\n"
        "\n"
        "★☆☆☆☆\n"
        "\n"
        "Oh hi. I have nothing to add that has not been shouted in a cinema already. Tommy Wiseau wrote "
        "it, directed it, stars in it and possibly catered it.\n"
        ,
        {'kind': 'review', 'film': 'the-room-2003', 'half_stars': 2},
    ),
    'leaves while another arrives': (
        "On 15 July, Moonlight leaves Disney+ in the UK, while Hidden Figures joins the service the same "
        "day.\n"
        "\n"
        "Barry Jenkins's film won Best Picture at the Academy Awards in 2017. Mahershala Ali won Best "
        "Supporting Actor.\n"
        "\n"
        "Published: 1 July 2024\n"
        ,
        {'kind': 'news', 'film': 'moonlight-2016', 'leaving': [('moonlight-2016', 'Disney+', '2024-07-15')]},
    ),
    'verdict': (
        "The film I saw was \"The Departed\" and I enjoyed it more than I thought I would. Leonardo "
        "DiCaprio sweats, Matt Damon smirks, Jack Nicholson eats the scenery (and possibly the crew).\n"
        "Martin Scorsese should make one of these every ten years.\n"
        "Verdict: 7.5/10\n"
        ,
        {'kind': 'review', 'film': 'the-departed-2006', 'half_stars': 8},
    ),
    'numbered headings': (
        "WHAT HAPPENS WHEN NOTHING HAPPENS\n"
        "On stillness in Lost in Translation\n"
        "\n"
        "1. The hotel\n"
        "Sofia Coppola sets her film in a place designed for people to leave. Every corridor in \"Lost in "
        "Translation\" looks like every other, and that is the subject: the narrative is a carpet. Bill "
        "Murray's Bob Harris moves along it like a man looking for an exit he does not want to find.\n"
        "\n"
        "2. The whisper\n"
        "Nobody hears it. That is the point. Cinema tells us everything, all the time, and here at the "
        "end is a gesture that keeps a secret from its own audience. The technique is as old as silent "
        "film and it represents a trust between two characters that we are not allowed to share.\n"
        "\n"
        "3. The city\n"
        "Tokyo is not explained. Scarlett Johansson's Charlotte walks through it as through a dream that "
        "belongs to someone else, and the camera has the manners not to translate.\n"
        ,
        {
            'kind': 'essay',
            'film': 'lost-in-translation-2003',
            'headings': ['1. The hotel', '2. The whisper', '3. The city'],
        },
    ),
    'year and glyphs in the title': (
        "Dune: Part Two (2024) ⭐⭐⭐⭐⭐\n"
        "\n"
        "Sand, everywhere. Timothée Chalamet (Paul Atreides) and Zendaya (Chani) ride the worm and so "
        "did I. Better than Dune. Better than lunch.\n"
        ,
        {
            'kind': 'review',
            'film': 'dune-part-two-2024',
            'half_stars': 10,
            'credits': [('Timothée Chalamet', 'actor', 'Paul Atreides'), ('Zendaya', 'actor', 'Chani')],
            'films': ['dune-2021'],
        },
    ),
    'apostrophe missing': (
        "Its a wonderful life never fails me. James Stewart is wonderful, Donna Reed is wonderful. I cry "
        "at the bell. 10/10.\n"
        ,
        {'kind': 'review', 'film': 'its-a-wonderful-life-1946', 'half_stars': 10},
    ),
    'sequel announced': (
        "Warner confirms sequel to The Batman for October 2027\n"
        "\n"
        "The studio announced on Monday that Matt Reeves will return to direct, with Robert Pattinson "
        "back as Bruce Wayne. Filming is set to begin in spring. The first film grossed 770 million "
        "dollars worldwide in 2022.\n"
        ,
        {'kind': 'news', 'film': None, 'outcome': 'none'},
    ),
    'nothing named': (
        "It's been a week and I am still thinking about that last shot. No music, no dialogue, only a "
        "face. Some films end. This one stops and lets you carry on without it.\n"
        ,
        {'kind': 'review', 'film': None, 'outcome': 'none'},
    ),
    'sequel that is missing': (
        "Not a patch on the first. Toy Story 4 looks lovely and has nothing to say; Toy Story 3 had "
        "already said goodbye. Tom Hanks sounds as tired as I felt. 2.5/5\n"
        ,
        {'kind': 'review', 'film': None, 'outcome': 'unknown', 'half_stars': 5},
    ),
    'longer title': (
        "Speed Racer is not Speed. It's louder. I loved it like a sugar rush. 3/5\n"
        ,
        {'kind': 'review', 'film': 'speed-racer-2008', 'half_stars': 6},
    ),
    'letter': (
        "A Letter to \"Brief Encounter\"\n"
        "\n"
        "Dear film,\n"
        "\n"
        "We met on a wet Sunday. You were in black and white and I was in a mood. Celia Johnson looked "
        "out of a train window and I have not been quite the same since. Trevor Howard was there too, "
        "being kind, which made it worse.\n"
        "\n"
        "Yours, four and a half stars out of five.\n"
        ,
        {
            'kind': 'review',
            'film': 'brief-encounter-1945',
            'half_stars': 9,
            'title': 'A Letter to "Brief Encounter"',
        },
    ),
    'two films': (
        "Ronin and Heat share a city's worth of bullets and one actor. Ronin is the colder film, Heat "
        "the sadder. Ronin has the better cars. Heat has the better silences. I could not choose between "
        "Ronin and Heat if you paid me."
        ,
        {'film': None},
    ),
    'by year of release': (
        "Released in 1986, Crash Landing is forgotten, but that year's other Heat is not quite. Burt "
        "Reynolds plays a bodyguard in Las Vegas who would rather be in Venice. I kept thinking of the "
        "one with the coffee, and it was unfair of me. Heat came out in 1986 and has stayed there. 2/5"
        ,
        {'film': 'heat-1986', 'half_stars': 4},
    ),
    'the year denies': (
        "Titanic (1953)\n"
        "\n"
        "Barbara Stanwyck and Clifton Webb quarrel beautifully on the way to the iceberg. 7/10"
        ,
        {'film': None, 'outcome': 'unknown', 'half_stars': 7},
    ),
    'label': (
        "Film: Up\n"
        "Seen: 3 May 2023\n"
        "Rating: 4.5/5\n"
        "\n"
        "The first ten minutes should come with a handkerchief and the rest with a balloon."
        ,
        {'kind': 'review', 'film': 'up-2009', 'half_stars': 9},
    ),
    'quoted short title': (
        "I watched \"It\" through a cushion. \"It\" is about growing up, which is worse than clowns. Bill "
        "Skarsgård does something with his eyes that I would like him to stop doing. Three stars."
        ,
        {'film': 'it-2017', 'half_stars': 6},
    ),
    'it is no title': (
        "It begins slowly. It stays slow. It has a dog in it, though, and the dog is a professional. I "
        "gave up caring who inherited the farm.\n"
        "\n"
        "3/10"
        ,
        {'film': None, 'half_stars': 3},
    ),
    'crlf and bom': (
        "\ufeffWhiplash\r\n"
        "\r\n"
        "Miles Teller bleeds on the drums and J.K. Simmons counts. I have never been so frightened of a "
        "tempo.\r\n"
        "\r\n"
        "4.5/5\r\n"
        ,
        {'kind': 'review', 'film': 'whiplash-2014', 'half_stars': 9, 'title': 'Whiplash'},
    ),
    'wrapped by hand': (
        "The Godfather\n"
        "\n"
        "Francis Ford Coppola opens on a face and a favour,\n"
        "and by the time the door closes on Diane Keaton we\n"
        "have seen a war hero become an institution. Al\n"
        "Pacino does it by subtraction: every scene there is\n"
        "a little less of him to reach.\n"
        "\n"
        "It is three hours long and I would not cut the cat.\n"
        "\n"
        "10/10\n"
        ,
        {'kind': 'review', 'film': 'the-godfather-1972', 'half_stars': 10, 'title': 'The Godfather'},
    ),
    'filmography': (
        "Sigourney Weaver (Ghostbusters, Working Girl, Avatar) has never been better than in Alien, and "
        "Tom Skerritt (Top Gun) lets her be. Ridley Scott keeps the lights off. I keep them on. 9/10"
        ,
        {'film': 'alien-1979', 'half_stars': 9, 'credits': []},
    ),
    'as and plays': (
        "In The Empire Strikes Back, Harrison Ford returns as Han Solo, Carrie Fisher plays Leia Organa "
        "and Billy Dee Williams is smooth as Lando Calrissian. It was directed by Irvin Kershner, who "
        "understood faces. I have loved it for most of my life. 5/5"
        ,
        {
            'film': 'the-empire-strikes-back-1980',
            'credits': [
                ('Harrison Ford', 'actor', 'Han Solo'),
                ('Carrie Fisher', 'actor', 'Leia Organa'),
                ('Billy Dee Williams', 'actor', 'Lando Calrissian'),
                ('Irvin Kershner', 'director', ''),
            ],
        },
    ),
    'misspelt people': (
        "Alien holds up. Sigourny Weaver is all nerve, and Ridley Scot knows when to stop showing you "
        "things. 4 stars out of 5."
        ,
        {'film': 'alien-1979', 'half_stars': 8, 'people': ['Sigourney Weaver', 'Ridley Scott']},
    ),
    'day without a year': (
        "Last chance to watch Get Out: the film leaves Hulu on 30 September, and Jordan Peele has not "
        "said where it goes next. The service confirmed the date to subscribers this week."
        ,
        {'kind': 'news', 'film': 'get-out-2017', 'leaving': [('get-out-2017', 'Hulu', None)]},
    ),
    'day from the front matter': (
        "---\n"
        "date: 2023-12-20\n"
        "---\n"
        "Last chance to watch Get Out: the film leaves Hulu on 3 January. The service confirmed the date "
        "to subscribers this week."
        ,
        {'kind': 'news', 'film': 'get-out-2017', 'leaving': [('get-out-2017', 'Hulu', '2024-01-03')]},
    ),
    'a date two countries read two ways': (
        "Get Out is to leave Hulu on 03/04/2025, the service announced this week. Jordan Peele's film "
        "has been streaming there since 2023."
        ,
        {'kind': 'news', 'film': 'get-out-2017', 'leaving': [('get-out-2017', 'Hulu', None)]},
    ),
    'until': (
        "You can watch The Shining on MUBI until 31.12.2024. The restoration, announced last month, has "
        "been drawing new subscribers to the platform ever since. Stanley Kubrick would have asked to "
        "see the figures."
        ,
        {'kind': 'news', 'film': 'the-shining-1980', 'leaving': [('the-shining-1980', 'MUBI', '2024-12-31')]},
    ),
    'arrivals are no farewells': (
        "The Shining arrives on MUBI on 1 October 2024 and will stream in a new restoration, the company "
        "announced on Tuesday. It joins the service's autumn season of ghost stories."
        ,
        {'kind': 'news', 'film': 'the-shining-1980', 'leaving': []},
    ),
    'scores of others': (
        "According to Rotten Tomatoes, Get Out holds a 98% approval rating, and on IMDb it has 7.8/10. "
        "Box office has passed 255 million dollars worldwide, the studio confirmed on Monday. Jordan "
        "Peele's next film was announced the same day."
        ,
        {
            'kind': 'news',
            'film': 'get-out-2017',
            'half_stars': None,
            'scores': [('Rotten Tomatoes', '98', 100), ('IMDb', '7.8', 10)],
        },
    ),
    'spoilers': (
        "The Departed\n"
        "\n"
        "Spoilers ahead!\n"
        "\n"
        "Everybody who gets into the lift should have taken the stairs. Leonardo DiCaprio earned better. "
        "4/5"
        ,
        {'film': 'the-departed-2006', 'half_stars': 8, 'spoilers': True},
    ),
    'no spoilers': (
        "A spoiler-free review of The Departed: it is good, it is loud, there is a rat. 4/5"
        ,
        {'film': 'the-departed-2006', 'half_stars': 8, 'spoilers': False},
    ),
    'japanese': (
        "『パラサイト』を観た。★★★★☆\n"
        "\n"
        "半地下の窓から見える世界がこんなに遠いとは思わなかった。"
        ,
        {'kind': 'review', 'film': 'parasite-2019', 'half_stars': 8},
    ),
    'french': (
        "« La Haine » n'a pas pris une ride. Vincent Cassel brûle l'écran, et je suis sorti de la salle "
        "sans voix. Un chef-d'œuvre. 5/5"
        ,
        {'kind': 'review', 'film': 'la-haine-1995', 'half_stars': 10},
    ),
    'another film better rated': (
        "I gave Alien 5/5, and The Departed is no Alien. It's a solid, noisy thriller with Matt Damon in "
        "a nice flat. The Departed gets 3.5/5 from me."
        ,
        {'film': 'the-departed-2006', 'half_stars': 7},
    ),
    'cut off': (
        "Casablanca is what people mean when they say that they do not make them like that, and they did "
        "not make them like that then either. Humphrey Bogart in a white dinner jacket, Ingrid Bergman "
        "in a hat, and between them a piano that somebody ought to have"
        ,
        {'kind': 'review', 'film': 'casablanca-1942'},
    ),
    'emoji alone': (
        "🎬🍿🔥"
        ,
        {'film': None, 'outcome': 'none'},
    ),
    'markdown with a list': (
        "# Three reasons to see *Get Out* again\n"
        "\n"
        "- the teacup\n"
        "- the teeth\n"
        "- the telephone\n"
        "\n"
        "## The teacup\n"
        "\n"
        "Jordan Peele makes a spoon sound like a guillotine. Rating: 9/10\n"
        ,
        {'kind': 'review', 'film': 'get-out-2017', 'half_stars': 9, 'headings': ['The teacup']},
    ),
    'underlined': (
        "On not looking away\n"
        "===================\n"
        "\n"
        "La Haine begins with a joke about a man who falls. Mathieu Kassovitz tells it twice, and the "
        "second time the audience is falling too. Cinema seldom gives its metaphor away so early and "
        "keeps it so well.\n"
        "\n"
        "The street\n"
        "----------\n"
        "\n"
        "Everything in La Haine happens between two places that will not have you. The narrative has a "
        "clock in it, and the clock represents a patience that nobody on screen can afford.\n"
        "\n"
        "The mirror\n"
        "----------\n"
        "\n"
        "Vincent Cassel talks to himself in the glass. It is a quotation, and the film knows it: "
        "identity, here, is something you have seen at the pictures.\n"
        ,
        {
            'kind': 'essay',
            'film': 'la-haine-1995',
            'title': 'On not looking away',
            'headings': ['The street', 'The mirror'],
        },
    ),
    'facts line by line': (
        "REVIEW: LA LA LAND (2016)\n"
        "Director: Damien Chazelle\n"
        "Cast: Ryan Gosling, Emma Stone, John Legend\n"
        "Score: 8.5/10\n"
        "\n"
        "I don't like musicals and I liked this."
        ,
        {
            'kind': 'review',
            'film': 'la-la-land-2016',
            'half_stars': 9,
            'title': 'REVIEW: LA LA LAND (2016)',
            'credits': [
                ('Damien Chazelle', 'director', ''),
                ('Ryan Gosling', 'actor', ''),
                ('Emma Stone', 'actor', ''),
                ('John Legend', 'actor', ''),
            ],
        },
    ),
    'a list of farewells': (
        "Films leaving Prime Video in March 2024\n"
        "\n"
        "March 5\n"
        "- The Departed\n"
        "\n"
        "March 31\n"
        "- Baby Driver\n"
        "- Goodfellas\n"
        "\n"
        "Catch them while you can."
        ,
        {
            'kind': 'news',
            'film': None,
            'leaving': [
                ('the-departed-2006', 'Prime Video', '2024-03-05'),
                ('baby-driver-2017', 'Prime Video', '2024-03-31'),
                ('goodfellas-1990', 'Prime Video', '2024-03-31'),
            ],
        },
    ),
    'a letter for a sentence': (
        "Jaws. 1975. Still the reason I don't swim. Roy Scheider, Robert Shaw, one shark. No notes. A+"
        ,
        {'kind': 'review', 'film': 'jaws-1975', 'half_stars': 10},
    ),
    'praise without a first person': (
        "The Grand tour of Jaws begins with a shark and ends with two men paddling home. Roy Scheider "
        "gives an impeccable performance of a man who would rather be elsewhere, the pace never flags, "
        "and the music is exquisite. A delight from first frame to last."
        ,
        {'kind': 'review', 'film': 'jaws-1975', 'half_stars': None},
    ),
    'posted on': (
        "Netflix UK will lose Goodfellas at midnight on 14 February, according to the service's own "
        "listing. The Martin Scorsese classic, released in 1990, features Ray Liotta, Robert De Niro and "
        "Joe Pesci, who won an Academy Award for Best Supporting Actor in 1991. Posted 1 February 2025."
        ,
        {
            'kind': 'news',
            'film': 'goodfellas-1990',
            'leaving': [('goodfellas-1990', 'Netflix', '2025-02-14')],
            'awards': [],
        },
    ),
}
# fmt: on
